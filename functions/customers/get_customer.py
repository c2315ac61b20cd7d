"""GET /customers/{customer_id}: read a customer."""

from invoicing.api.app import Call, NoBody
from invoicing.api.envelope import Reply
from invoicing.api.outputs.customers import CustomerOutput, customer_links, customer_output
from invoicing.operations.get_customer import get_customer
from invoicing.wiring import api


@api("GET", "/customers/{customer_id}", scope="customers:read", answers={200: CustomerOutput}).operation
def handler(call: Call[NoBody]) -> Reply:
    """The customer."""
    customer = get_customer(call.work, call.request.parameters["customer_id"])
    return Reply(data=customer_output(customer), links=customer_links(customer), version=customer.version)
