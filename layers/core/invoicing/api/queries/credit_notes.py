"""Lists of credit notes."""

from dataclasses import replace

from invoicing.api.outputs.credit_notes import CreditNoteOutput
from invoicing.api.queries.expansions import CREDIT_NOTE_EXPANSIONS
from invoicing.api.queries.search import SEARCHING
from invoicing.api.query import CHOICE, DATE, INSTANT, RANGE, TEXT, Filter, ListSpec
from invoicing.operations.lists.sort_texts import CREATED

CREDIT_NOTES = ListSpec(
    filters={
        "customer_id": Filter(TEXT, CHOICE),
        "invoice_id": Filter(TEXT, CHOICE),
        "issue_date": Filter(DATE, RANGE),
        CREATED: Filter(INSTANT, RANGE),
        "search": SEARCHING,
    },
    sorts=(CREATED, "issue_date"),
    output=CreditNoteOutput,
    lines="items",
    expands=CREDIT_NOTE_EXPANSIONS,
)

_OF_INVOICE = {CREATED, "search"}
CREDIT_NOTES_OF_INVOICE = replace(
    CREDIT_NOTES,
    expands=None,
    sorts=(CREATED,),
    filters={name: known for name, known in CREDIT_NOTES.filters.items() if name in _OF_INVOICE},
)
