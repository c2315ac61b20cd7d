"""GET /customers/{customer_id}/balance: read the balance of a customer."""

from invoicing.api.app import ApiRequest, NoBody
from invoicing.api.envelope import Result
from invoicing.api.outputs.statements import CustomerBalanceOutput, balance_result
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
    return balance_result(get_customer_balance(request.uow, request.http.parameters["customer_id"], wiring().ledger))
