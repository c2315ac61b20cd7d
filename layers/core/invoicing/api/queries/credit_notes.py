"""Lists of credit notes."""

from dataclasses import replace

from invoicing.api.outputs.credit_notes import CreditNoteOutput
from invoicing.api.queries.search import SEARCHING
from invoicing.api.query import CHOICE, INSTANT, RANGE, TEXT, Filter, ListSpec
from invoicing.operations.lists.sort_texts import CREATED

CREDIT_NOTES = ListSpec(
    filters={
        "customer_id": Filter(TEXT, CHOICE),
        "invoice_id": Filter(TEXT, CHOICE),
        CREATED: Filter(INSTANT, RANGE),
        "search": SEARCHING,
    },
    sorts=(CREATED,),
    output=CreditNoteOutput,
    lines="items",
)
CREDIT_NOTES_OF_INVOICE = replace(CREDIT_NOTES, filters={CREATED: CREDIT_NOTES.filters[CREATED]})
