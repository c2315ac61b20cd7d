"""GET /customers/{customer_id}: read a customer."""

from invoicing.api.app import ApiRequest, NoBody
from invoicing.api.envelope import Result
from invoicing.api.outputs.customers import CustomerOutput, customer_links, customer_output
from invoicing.domain.parties.customer import Customer
from invoicing.wiring import api


@api(
    "GET",
    "/customers/{customer_id}",
    summary="Read a customer",
    description="A customer, archived or not.",
    scope="customers:read",
    answers={200: CustomerOutput},
    etag=True,
).operation
def handler(request: ApiRequest[NoBody]) -> Result:
    """The customer."""
    customer = request.uow.get(Customer, request.http.parameters["customer_id"])
    return Result(data=customer_output(customer), links=customer_links(customer), version=customer.version)
