"""POST /customers: create a customer."""

from invoicing.api.app import ApiRequest
from invoicing.api.envelope import Result
from invoicing.api.inputs.customers import CreateCustomerInput
from invoicing.api.outputs.customers import CustomerOutput, customer_links, customer_output
from invoicing.operations.customers.create_customer import create_customer
from invoicing.wiring import api


@api(
    "POST",
    "/customers",
    summary="Create a customer",
    description="Registers someone to bill. The `id` can be your own.",
    scope="customers:write",
    body=CreateCustomerInput,
    answers={201: CustomerOutput},
    errors={409: "A customer with this `id` exists; `existing_resource` is its URL."},
    etag=True,
).operation
def handler(request: ApiRequest[CreateCustomerInput]) -> Result:
    """The customer as stored."""
    customer = create_customer(request.uow, request.body.customer(), page_url=request.page_url)
    links = customer_links(customer)
    return Result(
        status=201, data=customer_output(customer), links=links, version=customer.version, location=links["self"]
    )
