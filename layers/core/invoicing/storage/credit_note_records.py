"""Credit notes, as they lie in their table."""

from dataclasses import fields
from datetime import date
from typing import Any

from pynamodb.attributes import UnicodeAttribute

from invoicing.domain.columns import columns_of, rows_of
from invoicing.domain.credit_note import CreditLine, CreditNote
from invoicing.storage import documents
from invoicing.storage.indexes import index_values_of_credit_note
from invoicing.storage.record import DocumentRecord
from invoicing.storage.tables import TableName

_FIELDS = tuple(field.name for field in fields(CreditNote))


def credit_note_values(note: CreditNote) -> dict[str, Any]:
    """What is packed of a credit note."""
    lines = columns_of(CreditLine, note.lines)
    return {name: getattr(note, name) for name in _FIELDS} | {"lines": lines}


def credit_note_from(values: dict[str, Any]) -> CreditNote:
    """The credit note of an unpacked document."""
    return CreditNote(
        **values
        | documents.instants(values, "created_at", "sent_at")
        | {
            "issue_date": date.fromisoformat(values["issue_date"]),
            "buyer": documents.buyer_from(values["buyer"]),
            "seller": documents.seller_from(values["seller"]),
            "lines": rows_of(CreditLine, documents.with_decimals(values["lines"])),
            "tax_breakdown": documents.tax_breakdown(values),
        }
    )


class CreditNoteRecord(DocumentRecord):
    """A credit note with its lines."""

    read = credit_note_from
    write = credit_note_values
    indexed = index_values_of_credit_note

    class Meta:
        table_name = TableName("credit_notes")

    created, customer, invoice = (UnicodeAttribute(null=True) for _ in range(3))
