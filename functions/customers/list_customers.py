"""GET /customers: list customers."""

from invoicing.api.app import ApiRequest, NoBody
from invoicing.api.envelope import Result
from invoicing.api.list_page import list_result
from invoicing.api.outputs.customers import CustomerOutput, customer_output
from invoicing.api.queries.customers import CUSTOMERS
from invoicing.api.query import read_query
from invoicing.operations.customers.list_customers import list_customers
from invoicing.wiring import api


@api(
    "GET",
    "/customers",
    summary="List customers",
    description="A page of customers. Archived customers are a list of their own: `archived=true`.",
    scope="customers:read",
    lists=CUSTOMERS,
    answers={200: list[CustomerOutput]},
).operation
def handler(request: ApiRequest[NoBody]) -> Result:
    """One page of customers."""
    asked = read_query(request.http.query_string, CUSTOMERS)
    return list_result(request.http, asked, list_customers(request.uow, asked.query), customer_output)
