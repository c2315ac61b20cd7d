"""Warnings of characters that documents cannot show (docs/reference/conventions.md#warnings)."""

from collections.abc import Iterable, Iterator

from invoicing.domain.invoices.invoice import Invoice, Line
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
    yield from (
        ("notes", invoice.notes),
        ("purchase_order", invoice.purchase_order),
        ("payment_terms", invoice.payment_terms),
        ("invoice_number", invoice.number),
    )


def _party_texts(path: str, party: Buyer | Customer) -> Iterator[Text]:
    yield f"{path}name", party.name
    address = party.address or Address()
    for name in ("line1", "line2", "city", "state", "postal_code"):
        yield f"{path}address.{name}", getattr(address, name)
    for index, tax_id in enumerate(party.tax_ids):
        yield f"{path}tax_ids[{index}].value", tax_id.value


def _line_texts(path: str, lines: Iterable[Line]) -> Iterator[Text]:
    for index, line in enumerate(lines):
        for name in ("description", "sku", "unit", "tax_name"):
            yield f"{path}[{index}].{name}", getattr(line, name)
        for kind in ("allowances", "charges"):
            for place, each in enumerate(getattr(line, kind)):
                yield f"{path}[{index}].{kind}[{place}].description", each.description
