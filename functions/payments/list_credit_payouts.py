"""GET /customers/{customer_id}/credit-payouts: list the payouts of a customer's credit."""

from invoicing.api.app import ApiRequest, NoBody
from invoicing.api.envelope import Result, one_page
from invoicing.api.outputs.credit_payouts import CreditPayoutOutput, credit_payout_output
from invoicing.operations.payments.list_credit_payouts import list_credit_payouts
from invoicing.wiring import api, wiring


@api(
    "GET",
    "/customers/{customer_id}/credit-payouts",
    summary="List the credit payouts of a customer",
    description="All payouts of the customer's credit, the newest first, on one page.",
    scope="payments:read",
    answers={200: list[CreditPayoutOutput]},
).operation
def handler(request: ApiRequest[NoBody]) -> Result:
    """All payouts, newest first, on one page."""
    customer_id = request.http.parameters["customer_id"]
    payouts = list_credit_payouts(request.uow, customer_id, wiring().ledger)
    return one_page(f"/customers/{customer_id}/credit-payouts", list(map(credit_payout_output, payouts)))
