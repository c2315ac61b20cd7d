"""Why an invoice is refused, by its amounts and categories, as the codes of errors say it."""

from collections.abc import Mapping
from typing import Any

from tests.domain.money.second_opinion.en16931 import WITHOUT_TAX
from tests.domain.money.second_opinion.figures import settlement, shown
from tests.domain.money.second_opinion.invoices import Invoice, Row


def refusals(invoice: Invoice, case: Mapping[str, Any]) -> set[str]:
    """The codes of what is wrong with an invoice that was computed nevertheless."""
    lines = [row for row in invoice.rows if row.kind == "line"]
    taken_off = [(line["discount"], row.amount) for line, row in zip(case["lines"], lines, strict=True)]
    taken_off.append((case["discount"], sum(row.base + row.off for row in lines)))
    net = sum(row.net for row in shown(invoice).values())
    total = net + sum(invoice.groups.values())
    settled = settlement(invoice, net, total)
    found = {
        "TAX_CATEGORY_INVALID": any(contradicts(row) for row in invoice.rows),
        "DISCOUNT_INVALID": any(is_too_much(discount, base, invoice) for discount, base in taken_off),
        "TOTAL_NEGATIVE": total < 0,
        "WITHHOLDINGS_EXCEED_TOTAL": settled.withheld > total,
        "PREPAYMENTS_EXCEED_TOTAL": settled.prepaid > total - settled.withheld,
    }
    return {code for code, is_wrong in found.items() if is_wrong}


def contradicts(row: Row) -> bool:
    """Category S has tax; E, AE, K, G, O and Z have none (BR-S-05, BR-E-05 and their like)."""
    categories = {group.category for group in row.taxes}
    return bool(categories & WITHOUT_TAX) if row.rate else "S" in categories


def is_too_much(discount: Mapping[str, str] | None, base: int, invoice: Invoice) -> bool:
    """Only a percentage lowers a credit; an amount is at most what it is taken off."""
    return discount is not None and discount["type"] == "fixed" and invoice.minor(discount["value"]) > max(base, 0)
