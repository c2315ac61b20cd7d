"""The published vectors of credit notes: parts of an invoice, one after the other."""

import json
from decimal import Decimal
from typing import Any

import pytest

from invoicing.domain.credit_notes.credit_note import CreditLine, CreditNote
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.money.amounts import written
from tests.builders import a_new_invoice, an_issued_invoice
from tests.domain.credit_notes.test_credit_note import after, note_of
from tests.domain.money.test_vectors import FOLDER, decimal, discount, line

CASES = json.loads((FOLDER / "credit_notes" / "parts.json").read_text())["cases"]


def invoice_of(case: dict[str, Any]) -> Invoice:
    return an_issued_invoice(
        a_new_invoice(
            *map(line, case["lines"]),
            currency=case["currency"],
            tax_rate=decimal(case["tax_rate"]),
            discount=discount(case["discount"]),
            prices_include_tax=case["prices_include_tax"],
        )
    )


def figures(of: CreditNote | CreditLine, currency: str) -> dict[str, str]:
    amounts = {"subtotal": of.subtotal, "discount": of.discount_amount, "tax": of.tax, "total": of.total}
    return {name: written(amount, currency) for name, amount in amounts.items()}


@pytest.mark.parametrize("case", [pytest.param(case, id=case["name"]) for case in CASES])
def test_a_vector_of_credit_notes(case: dict[str, Any]) -> None:
    invoice, currency = invoice_of(case), case["currency"]
    for items, expected in zip(case["credit_notes"], case["expected"]["credit_notes"], strict=True):
        note = note_of(invoice, *((invoice.lines[item["line"]].id, item["quantity"]) for item in items))
        invoice = after(invoice, note)
        assert figures(note, currency) == {name: expected[name] for name in ("subtotal", "discount", "tax", "total")}
        assert [figures(of, currency) for of in note.lines] == expected["lines"]
        assert [
            (group.rate, group.category, group.name, written(group.taxable, currency), written(group.tax, currency))
            for group in note.tax_breakdown
        ] == [
            (Decimal(group["tax_rate"]), group["tax_category"], group["tax_name"], group["taxable"], group["tax"])
            for group in expected["tax_breakdown"]
        ]
    assert invoice.amount_due == 0
