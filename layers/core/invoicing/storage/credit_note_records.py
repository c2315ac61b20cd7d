"""Credit notes, as they lie in their table."""

from pynamodb.attributes import UnicodeAttribute

from invoicing.storage import documents
from invoicing.storage.indexes import index_values_of_credit_note
from invoicing.storage.record import DocumentRecord


class CreditNoteRecord(DocumentRecord):
    """A credit note with its lines."""

    table = "credit_notes"
    read = documents.credit_note_from
    write = documents.credit_note_values
    indexed = index_values_of_credit_note

    class Meta:
        table_name = ""

    created, customer, invoice = (UnicodeAttribute(null=True) for _ in range(3))
