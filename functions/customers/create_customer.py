"""POST /customers: register a customer."""

from invoicing.api.app import Call
from invoicing.api.envelope import Reply
from invoicing.api.inputs.customers import CreateCustomerInput
from invoicing.api.outputs.customers import CustomerOutput, customer_links, customer_output
from invoicing.operations.create_customer import create_customer
from invoicing.wiring import api


@api("POST", "/customers", scope="customers:write", body=CreateCustomerInput, answers={201: CustomerOutput}).operation
def handler(call: Call[CreateCustomerInput]) -> Reply:
    """The customer as stored."""
    customer = create_customer(call.work, call.body.customer())
    links = customer_links(customer)
    return Reply(
        status=201, data=customer_output(customer), links=links, version=customer.version, location=links["self"]
    )
