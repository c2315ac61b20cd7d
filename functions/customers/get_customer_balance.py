"""GET /customers/{customer_id}/balance: what a customer owes, and what credit it has."""

from invoicing.api.app import ApiRequest, NoBody
from invoicing.api.envelope import Result
from invoicing.api.outputs.statements import CustomerBalanceOutput, balance_reply
from invoicing.operations.customers.get_customer_balance import get_customer_balance
from invoicing.wiring import api, wiring


@api(
    "GET",
    "/customers/{customer_id}/balance",
    summary="Read a customer's balance",
    description="What the customer owes now and what credit it has, per currency.",
    scope="customers:read",
    answers={200: CustomerBalanceOutput},
).operation
def handler(request: ApiRequest[NoBody]) -> Result:
    """The balance in each currency."""
    return balance_reply(get_customer_balance(request.uow, request.http.parameters["customer_id"], wiring().ledger))
