"""Warnings of characters that documents cannot show (docs/reference/conventions.md#warnings)."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import Any

from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.invoices.line import Line
from invoicing.domain.invoices.line_particulars import LineParticulars
from invoicing.domain.parties.customer import Buyer, Customer
from invoicing.domain.parties.details import Address
from invoicing.domain.warnings import InputWarning

Text = tuple[str, str | None]
"""The field that a text is from, and the text."""


def warnings_of_invoice(invoice: Invoice) -> Iterator[InputWarning]:
    """Return a warning for each field of an invoice with characters that no font has."""
    return _warnings(_invoice_texts(invoice))


def warnings_of_customer(customer: Customer) -> Iterator[InputWarning]:
    """Return a warning for each field of a customer with characters that no font has."""
    return _warnings(_party_texts("", customer))


def _warnings(texts: Iterable[Text]) -> Iterator[InputWarning]:
    for field, text in texts:
        if not text or text.isascii():
            continue
        from invoicing.domain.fonts import undrawable  # noqa: PLC0415 - most texts need no fonts but the first

        if missing := undrawable(text):
            names = ", ".join(f"{each} (U+{ord(each):04X})" for each in missing)
            message = f"Documents cannot show these characters of {field}, and draw \N{REPLACEMENT CHARACTER}: {names}."
            yield InputWarning(field, "CHARACTERS_MISSING", message)


def _invoice_texts(invoice: Invoice) -> Iterator[Text]:
    yield from _party_texts("customer.", invoice.buyer)
    yield from _line_texts("items", invoice.lines)
    yield from _line_texts("allowances", invoice.allowances)
    yield from _line_texts("charges", invoice.charges)
    if invoice.particulars:
        yield from _texts_in("", asdict(invoice.particulars))
    yield from (
        ("notes", invoice.notes),
        ("purchase_order", invoice.purchase_order),
        ("payment_terms", invoice.payment_terms),
        ("invoice_number", invoice.number),
    )


def _texts_in(path: str, value: Any) -> Iterator[Text]:
    """Yield the texts within nested values, with their paths."""
    match value:
        case str():
            yield path, value
        case dict():
            for name, member in value.items():
                yield from _texts_in(f"{path}.{name}" if path else name, member)
        case tuple():
            for index, member in enumerate(value):
                yield from _texts_in(f"{path}[{index}]", member)


def _party_texts(path: str, party: Buyer | Customer) -> Iterator[Text]:
    yield f"{path}name", party.name
    yield f"{path}trading_name", party.trading_name
    address = party.address or Address()
    for name in ("line1", "line2", "line3", "city", "state", "postal_code"):
        yield f"{path}address.{name}", getattr(address, name)
    if party.legal_registration:
        yield f"{path}legal_registration.value", party.legal_registration.value
    if party.contact:
        for name in ("name", "phone"):
            yield f"{path}contact.{name}", getattr(party.contact, name)
    for index, tax_id in enumerate(party.tax_ids):
        yield f"{path}tax_ids[{index}].value", tax_id.value


def _line_texts(path: str, lines: Iterable[Line]) -> Iterator[Text]:
    for index, line in enumerate(lines):
        for name in ("description", "sku", "unit", "tax_name"):
            yield f"{path}[{index}].{name}", getattr(line, name)
        for kind in ("allowances", "charges"):
            for place, each in enumerate(getattr(line, kind)):
                yield f"{path}[{index}].{kind}[{place}].description", each.description
        if line.particulars:
            yield from ((f"{path}[{index}].{name}", text) for name, text in _particulars_texts(line.particulars))


def _particulars_texts(particulars: LineParticulars) -> Iterator[Text]:
    for name in ("details", "note", "buyer_item_id", "order_line"):
        yield name, getattr(particulars, name)
    for place, classification in enumerate(particulars.classifications):
        yield f"classifications[{place}].code", classification.code
    for place, attribute in enumerate(particulars.attributes):
        yield f"attributes[{place}].name", attribute.name
        yield f"attributes[{place}].value", attribute.value
