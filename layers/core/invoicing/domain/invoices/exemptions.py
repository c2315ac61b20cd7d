"""Why an invoice has no tax: the reasons and codes of its tax groups, and what is doubtful about them."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.invoices.line import Line
from invoicing.domain.language import language_of, locales_of
from invoicing.domain.money.tax import TaxGroup, category_of
from invoicing.domain.money.tax_categories import CATEGORIES, CODES, EXEMPT, exemption_of
from invoicing.domain.parties.account import Account
from invoicing.domain.warnings import InputWarning

_OF_SMALL_BUSINESSES = frozenset({None, "E"})
"""Categories of what a small business sells without tax; any other says why by itself."""

_NEED_TAX_IDS = frozenset({"AE", "K"})
"""Categories of supplies to customers with a VAT number (EN 16931-1, BR-AE-02 and BR-IC-02)."""


def with_exemptions(invoice: Invoice, *, small_business: bool) -> Invoice:
    """Return the invoice with the reasons of its tax groups, in its languages; the same invoice when nothing changes.

    A line without its own reason has that of its category. An invoice without any tax from a ``small_business`` says
    that it is from one.
    """
    untaxed = small_business and not any(group.rate for group in invoice.tax_breakdown)
    groups = tuple(_with_exemption(group, invoice, untaxed=untaxed) for group in invoice.tax_breakdown)
    return invoice if groups == invoice.tax_breakdown else replace(invoice, tax_breakdown=groups)


def with_exemptions_of(invoice: Invoice, groups: Sequence[TaxGroup]) -> tuple[TaxGroup, ...]:
    """Return the tax groups of a credit note with the reasons that its invoice says, by category."""
    said = {group.category: group for group in invoice.tax_breakdown if group.exemption_reasons}
    return tuple(
        replace(
            group,
            exemption_reasons=said[group.category].exemption_reasons,
            exemption_code=said[group.category].exemption_code,
        )
        if group.category in said
        else group
        for group in groups
    )


def tax_warnings(invoice: Invoice, account: Account) -> Iterator[InputWarning]:
    """Return what is doubtful about the taxes of an invoice that is drafted or issued."""
    rates = {group.rate for group in invoice.tax_breakdown}
    if account.small_business and any(rates):
        message = "The account is a small business, which charges no tax; set small_business to false if it now does."
        yield InputWarning("items", "SMALL_BUSINESS_TAX", message)
    categories = {group.category for group in invoice.tax_breakdown} - {None}
    if not categories <= {"S"}:  # only a few invoices have more to look at
        yield from _category_warnings(invoice, account, categories)


def _with_exemption(group: TaxGroup, invoice: Invoice, *, untaxed: bool) -> TaxGroup:
    if group.category and group.category not in EXEMPT:
        return group
    default, code = "", CODES.get(group.category or "")
    if group.category or untaxed:
        # Texts in all languages, which only documents without tax need.
        from invoicing.domain.money.exemption_texts import SMALL_BUSINESS, texts_of  # noqa: PLC0415

        of_small_business = untaxed and group.category in _OF_SMALL_BUSINESSES
        name = SMALL_BUSINESS if of_small_business else group.category or ""
        default = " / ".join(dict.fromkeys(texts_of(language_of(each))[name] for each in locales_of(invoice.locale)))
    reasons, codes = exemption_of(_lines(invoice, group), default, code)
    return replace(group, exemption_reasons=reasons, exemption_code=codes[0] if len(codes) == 1 else None)


def _lines(invoice: Invoice, group: TaxGroup) -> list[Line]:
    """Return the lines of a group without tax; its category tells them apart from all others."""
    return [line for line in invoice.taxed_lines if line.tax_category == group.category]


def _category_warnings(invoice: Invoice, account: Account, categories: set[str | None]) -> Iterator[InputWarning]:
    if "O" in categories and len(categories) > 1:
        message = "EN 16931 allows no other tax_category beside O; send what is outside the scope of tax by itself."
        yield _warning(invoice, "O", "TAX_CATEGORIES_MIXED", message)
    for category in sorted(categories & _NEED_TAX_IDS, key=str):
        missing = [
            name
            for name, tax_ids in {"customer": invoice.buyer.tax_ids, "account": account.tax_ids}.items()
            if not tax_ids and (name == "account" or invoice.buyer.id)
        ]
        if missing:
            shown = f"{category} ({CATEGORIES[category or '']})"
            message = f"{shown} needs the VAT numbers of both sides; add tax_ids to the {' and the '.join(missing)}."
            yield _warning(invoice, category, "TAX_ID_MISSING", message)
    for group in invoice.tax_breakdown:
        _, codes = exemption_of(_lines(invoice, group), "", None)
        if len(codes) > 1:
            message = f"A tax group has one exemption code, but its lines have {', '.join(codes)}; it shows none."
            yield _warning(invoice, group.category, "EXEMPTION_CODES_DIFFER", message)


def _warning(invoice: Invoice, category: str | None, code: str, message: str) -> InputWarning:
    """Return a warning about the first line of a category."""
    fields = {"items": invoice.lines, "charges": invoice.charges, "allowances": invoice.allowances}
    path = next(
        f"{field}[{index}].tax_category"
        for field, lines in fields.items()
        for index, line in enumerate(lines)
        if category_of(line.tax_category, line.tax_rate) == category
    )
    return InputWarning(path, code, message)
