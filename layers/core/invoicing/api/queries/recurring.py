"""Lists of recurring invoices and of what they made, and the query of previews."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from invoicing.api.outputs.recurring import RecurringInvoiceOutput
from invoicing.api.parameters import read_parameters
from invoicing.api.queries.invoices import INVOICES
from invoicing.api.queries.search import SEARCHING
from invoicing.api.query import CHOICE, DATE, INSTANT, RANGE, TEXT, Filter, ListSpec, ValueType, one_of, whole_number
from invoicing.domain.recurring.drafting import MOST_PREVIEWED
from invoicing.domain.recurring.recurring_invoice import RecurringStatus
from invoicing.operations.lists.sort_texts import CREATED

RECURRING_INVOICES = ListSpec(
    filters={
        "customer_id": Filter(TEXT, CHOICE),
        "status": Filter(one_of(*RecurringStatus), CHOICE),
        "next_billing_date": Filter(DATE, RANGE),
        "start_date": Filter(DATE, RANGE),
        "end_date": Filter(DATE, RANGE),
        CREATED: Filter(INSTANT, RANGE),
        "search": SEARCHING,
    },
    sorts=(CREATED, "next_billing_date"),
    output=RecurringInvoiceOutput,
)

_OF_SCHEDULE = {"status", "due_date", "issue_date", CREATED}
SCHEDULE_INVOICES = replace(
    INVOICES,
    filters={name: known for name, known in INVOICES.filters.items() if name in _OF_SCHEDULE},
    sorts=(CREATED, "due_date", "issue_date"),
    expands=None,
    metadata=False,
)

_USUAL_COUNT = 12
PREVIEW: Mapping[str, ValueType] = {"count": whole_number(1, MOST_PREVIEWED, default=_USUAL_COUNT)}

PREVIEW_PDF: Mapping[str, ValueType] = {"occurrence_date": DATE}


def count_of(query_string: str) -> int:
    """Return how many dates are asked for; `InvalidRequest` as `read_parameters`."""
    return int(read_parameters(query_string, PREVIEW).get("count", _USUAL_COUNT))


def occurrence_date_of(query_string: str) -> date | None:
    """Return the date that is asked for; `InvalidRequest` as `read_parameters`."""
    given = read_parameters(query_string, PREVIEW_PDF).get("occurrence_date")
    return date.fromisoformat(given) if given else None
