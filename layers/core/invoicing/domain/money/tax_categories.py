"""Tax categories: which rates they go with, and why an amount has no tax.

Categories are those of EN 16931-1 (UNTDID 5305: BR-S-05 to BR-O-05), codes of exemptions those of the VATEX list.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Protocol

from invoicing.domain.columns import column
from invoicing.domain.errors import MOST_DETAILS, Detail, ValidationFailed

CATEGORIES: Mapping[str, str] = {
    "S": "standard rate",
    "Z": "zero rate",
    "E": "exempt",
    "AE": "reverse charge",
    "K": "intra-Community supply",
    "G": "export",
    "O": "outside the scope of tax",
    "L": "Canary Islands",
    "M": "Ceuta and Melilla",
}
"""The categories, and what each means."""

EXEMPT = frozenset({"E", "AE", "K", "G", "O"})
"""Categories whose documents say why there is no tax."""

UNTAXED = EXEMPT | {"Z"}
"""Categories with a rate of 0."""

CODES: Mapping[str, str] = {"AE": "VATEX-EU-AE", "K": "VATEX-EU-IC", "G": "VATEX-EU-G", "O": "VATEX-EU-O"}
"""The code of each category that has one of its own; no other category may use it."""

EXEMPTION_CODE = re.compile(r"VATEX-[A-Z]{2}(-[A-Z0-9]+)+")

_CHECKED = ("tax_category", "tax_exemption_reason", "tax_exemption_code")
_OWNERS = {code: category for category, code in CODES.items()}


class CategorizedLine(Protocol):
    """The whole rate and the category of a line and, as the client gives it, why it has no tax."""

    @property
    def tax_rate(self) -> Decimal: ...
    @property
    def tax_category(self) -> str | None: ...
    @property
    def tax_exemption_reason(self) -> str | None: ...
    @property
    def tax_exemption_code(self) -> str | None: ...


def check_categories(lines: Mapping[str, Sequence[CategorizedLine]], *, small_business: bool) -> None:
    """Check the category of each line against its rate, and its exemption against its category; lines by their field.

    Only what has no tax has a reason for that: `EXEMPT` categories, and all of a small business. `ValidationFailed`
    ``TAX_CATEGORY_INVALID`` and ``TAX_EXEMPTION_INVALID``, naming every wrong line.
    """
    wrong: list[Detail] = []
    for field, rows in lines.items():
        if not any(any(column(rows, name)) for name in _CHECKED):
            continue
        for index, line in enumerate(rows):
            if line.tax_category:
                wrong += _of_category(f"{field}[{index}].tax_category", line.tax_category, line.tax_rate)
            if line.tax_exemption_reason or line.tax_exemption_code:
                wrong += _of_exemption(f"{field}[{index}]", line, small_business=small_business)
    if wrong:
        raise ValidationFailed(*wrong[:MOST_DETAILS])


def exemption_of(lines: Sequence[CategorizedLine], default: str, code: str | None) -> tuple[tuple[str, ...], list[str]]:
    """Return the distinct reasons and codes of lines, in their order; the defaults are for lines without their own."""
    reasons = dict.fromkeys(line.tax_exemption_reason or default for line in lines)
    codes = dict.fromkeys(line.tax_exemption_code or code for line in lines)
    return tuple(filter(None, reasons)), list(filter(None, codes))


def _of_category(field: str, category: str, rate: Decimal) -> Iterable[Detail]:
    shown = f"{field} {category} ({CATEGORIES[category]})"
    if rate and category in UNTAXED:
        message = f"{shown} needs a tax rate of 0, not {rate:f}; send tax_rate 0 on this line, or category S."
        yield Detail(field, message, "TAX_CATEGORY_INVALID", category)
    if not rate and category == "S":
        message = f"{shown} needs a tax rate above 0; without tax send Z, E, AE, K, G or O, or no category."
        yield Detail(field, message, "TAX_CATEGORY_INVALID", category)


def _of_exemption(field: str, line: CategorizedLine, *, small_business: bool) -> Iterable[Detail]:
    given = {"tax_exemption_reason": line.tax_exemption_reason, "tax_exemption_code": line.tax_exemption_code}
    allowed = line.tax_category in EXEMPT or (small_business and not line.tax_category and not line.tax_rate)
    if not allowed:
        name, value = next((name, value) for name, value in given.items() if value)
        message = f"{field}.{name} needs tax_category E, AE, K, G or O, and a tax rate of 0."
        yield Detail(f"{field}.{name}", message, "TAX_EXEMPTION_INVALID", value)
    code = line.tax_exemption_code
    owner = _OWNERS.get(code or "", line.tax_category)
    if allowed and owner != line.tax_category:
        message = f"{field}.tax_exemption_code {code} goes with tax_category {owner} only."
        yield Detail(f"{field}.tax_exemption_code", message, "TAX_EXEMPTION_INVALID", code)
