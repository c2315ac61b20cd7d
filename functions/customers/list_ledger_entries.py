"""GET /customers/{customer_id}/ledger: list the ledger entries of a customer, as JSON or CSV."""

from invoicing.api.app import ApiRequest, NoBody
from invoicing.api.envelope import HttpResponse, Result
from invoicing.api.outputs.ledger import LedgerEntryOutput, ledger_result
from invoicing.api.queries.ledger import LEDGER, ledger_query
from invoicing.api.query import CSV
from invoicing.operations.customers.list_ledger_entries import list_ledger_entries
from invoicing.wiring import api, wiring


@api(
    "GET",
    "/customers/{customer_id}/ledger",
    summary="List a customer's ledger entries",
    description=(
        "A page of the movements of the customer's account, the latest date first. With `Accept: text/csv` or "
        "`format=csv`, the response is a table of all entries that pass, at most 5,000."
    ),
    scope="customers:read",
    lists=LEDGER,
    answers={200: (list[LedgerEntryOutput], CSV)},
).operation
def handler(request: ApiRequest[NoBody]) -> Result | HttpResponse:
    """One page of entries, or a table."""
    customer_id, asked = request.http.parameters["customer_id"], ledger_query(request.http)
    listed = list_ledger_entries(request.uow, customer_id, asked.query, wiring().ledger)
    return ledger_result(customer_id, request.http, asked, listed)
