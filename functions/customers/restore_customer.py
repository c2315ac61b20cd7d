"""POST /customers/{customer_id}/restore: restore an archived customer."""

from invoicing.api.app import ApiRequest, NoBody
from invoicing.api.envelope import Result
from invoicing.api.outputs.customers import CustomerOutput, customer_links, customer_output
from invoicing.operations.customers.restore_customer import restore_customer
from invoicing.wiring import api


@api(
    "POST",
    "/customers/{customer_id}/restore",
    summary="Restore a customer",
    description=(
        "Lets an archived customer get invoices and reminders again. Reminders whose time passed while it was "
        "archived are not sent later. A customer that is not archived stays as it is."
    ),
    scope="customers:write",
    answers={200: CustomerOutput},
    etag=True,
    if_match=True,
).operation
def handler(request: ApiRequest[NoBody]) -> Result:
    """The customer, not archived."""
    customer_id, if_version = request.http.parameters["customer_id"], request.http.if_version
    customer = restore_customer(request.uow, customer_id, if_version=if_version)
    return Result(data=customer_output(customer), links=customer_links(customer), version=customer.version)
