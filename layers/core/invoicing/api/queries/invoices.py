"""Lists of invoices."""

from invoicing.api.outputs.invoices import InvoiceOutput
from invoicing.api.queries.expansions import INVOICE_EXPANSIONS
from invoicing.api.queries.search import SEARCHING
from invoicing.api.query import AMOUNT, CHOICE, CURRENCY, DATE, INSTANT, RANGE, TEXT, WORDS, Filter, ListSpec, one_of
from invoicing.domain.invoices.invoice import Status
from invoicing.operations.invoices.list_invoices import IS_OVERDUE
from invoicing.operations.lists.sort_texts import CREATED

INVOICES = ListSpec(
    filters={
        "customer_id": Filter(TEXT, CHOICE),
        "status": Filter(one_of(*Status), CHOICE),
        IS_OVERDUE: Filter(one_of("true"), frozenset({"eq"}), sorts="due_date"),
        "currency": Filter(CURRENCY, CHOICE),
        "amount": Filter(AMOUNT, RANGE),
        "due_date": Filter(DATE, RANGE),
        "issue_date": Filter(DATE, RANGE),
        CREATED: Filter(INSTANT, RANGE),
        "invoice_number": Filter(TEXT, WORDS),
        "reference": Filter(TEXT, CHOICE),
        "estimate_id": Filter(TEXT, CHOICE),
        "search": SEARCHING,
    },
    sorts=(CREATED, "due_date", "issue_date", "amount", "invoice_number"),
    output=InvoiceOutput,
    lines="items",
    expands=INVOICE_EXPANSIONS,
    metadata=True,
)
