"""GET /customers/{customer_id}/credit-payouts: list the payouts of a customer's credit."""

from invoicing.api.app import ApiRequest, NoBody
from invoicing.api.envelope import Result
from invoicing.api.list_page import whole_list_result
from invoicing.api.outputs.credit_payouts import CreditPayoutOutput, credit_payout_output
from invoicing.api.queries.credit_payouts import CREDIT_PAYOUTS
from invoicing.operations.payments.list_credit_payouts import list_credit_payouts
from invoicing.wiring import api, wiring


@api(
    "GET",
    "/customers/{customer_id}/credit-payouts",
    summary="List the credit payouts of a customer",
    description="A page of the payouts of the customer's credit, the newest first.",
    scope="payments:read",
    lists=CREDIT_PAYOUTS,
    answers={200: list[CreditPayoutOutput]},
).operation
def handler(request: ApiRequest[NoBody]) -> Result:
    """One page of payouts, newest first."""
    customer_id = request.http.parameters["customer_id"]
    payouts = list_credit_payouts(request.uow, customer_id, wiring().ledger)
    return whole_list_result(request.http, CREDIT_PAYOUTS, payouts, credit_payout_output)
