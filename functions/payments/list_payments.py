"""GET /payments: list payments."""

from invoicing.api.app import ApiRequest, NoBody
from invoicing.api.envelope import Result
from invoicing.api.expansion import expanding
from invoicing.api.list_page import list_result
from invoicing.api.outputs.payments import PaymentOutput, payment_output
from invoicing.api.queries.expansions import PAYMENT_EXPANSIONS
from invoicing.api.queries.payments import PAYMENTS
from invoicing.api.query import read_query
from invoicing.operations.payments.list_payments import list_payments
from invoicing.wiring import api


@api(
    "GET",
    "/payments",
    summary="List payments",
    description="A page of payments, the newest first unless `sort` says otherwise.",
    scope="payments:read",
    lists=PAYMENTS,
    answers={200: list[PaymentOutput]},
    expands=PAYMENT_EXPANSIONS,
).operation
def handler(request: ApiRequest[NoBody]) -> Result:
    """One page of payments."""
    asked = read_query(request.http.query_string, PAYMENTS)
    listed = list_payments(request.uow, asked.query)
    output = expanding(request, PAYMENT_EXPANSIONS, asked.expand, listed.items, payment_output)
    return list_result(request.http, asked, listed, output)
