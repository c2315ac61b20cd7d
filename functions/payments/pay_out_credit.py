"""POST /customers/{customer_id}/credit-payouts: record that credit was paid out to a customer."""

from invoicing.api.app import ApiRequest
from invoicing.api.envelope import Result
from invoicing.api.inputs.credit_payouts import PayOutCreditInput
from invoicing.api.outputs.credit_payouts import CreditPayoutOutput, credit_payout_links, credit_payout_output
from invoicing.operations.payments.pay_out_credit import pay_out_credit
from invoicing.wiring import api


@api(
    "POST",
    "/customers/{customer_id}/credit-payouts",
    summary="Pay out credit",
    description="Records money that went to the customer for credit that it did not use. The API moves no money.",
    scope="payments:write",
    body=PayOutCreditInput,
    answers={201: CreditPayoutOutput},
    errors={409: "The date is in a locked period."},
).operation
def handler(request: ApiRequest[PayOutCreditInput]) -> Result:
    """The payout as recorded."""
    payout = pay_out_credit(request.uow, request.http.parameters["customer_id"], request.body.payout())
    links = credit_payout_links(payout)
    return Result(data=credit_payout_output(payout), links=links, status=201, location=links["self"])
