"""GET /customers: list customers."""

from invoicing.api.app import Call, NoBody
from invoicing.api.envelope import Reply
from invoicing.api.lists import CUSTOMERS, list_reply
from invoicing.api.outputs.customers import CustomerOutput, customer_output
from invoicing.api.query import read_query
from invoicing.operations.list_customers import list_customers
from invoicing.wiring import api


@api("GET", "/customers", scope="customers:read", lists=CUSTOMERS, answers={200: list[CustomerOutput]}).operation
def handler(call: Call[NoBody]) -> Reply:
    """One page of customers."""
    asked = read_query(call.request.query_string, CUSTOMERS)
    return list_reply(call.request, asked, list_customers(call.work, asked.query), customer_output)
