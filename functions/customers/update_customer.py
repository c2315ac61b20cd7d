"""PATCH /customers/{customer_id}: change a customer."""

from invoicing.api.app import Call
from invoicing.api.envelope import Reply
from invoicing.api.inputs.customers import UpdateCustomerInput
from invoicing.api.outputs.customers import CustomerOutput, customer_links, customer_output
from invoicing.operations.update_customer import update_customer
from invoicing.wiring import api


@api(
    "PATCH",
    "/customers/{customer_id}",
    scope="customers:write",
    body=UpdateCustomerInput,
    answers={200: CustomerOutput},
).operation
def handler(call: Call[UpdateCustomerInput]) -> Reply:
    """The customer as it is now."""
    customer = update_customer(
        call.work,
        call.request.parameters["customer_id"],
        call.body.values(),
        if_version=call.request.if_version,
    )
    return Reply(data=customer_output(customer), links=customer_links(customer), version=customer.version)
