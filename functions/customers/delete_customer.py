"""DELETE /customers/{customer_id}: remove a customer, or archive one that has invoices."""

from invoicing.api.app import ApiRequest, NoBody
from invoicing.api.envelope import NO_CONTENT, HttpResponse
from invoicing.operations.customers.delete_customer import delete_customer
from invoicing.wiring import api


@api(
    "DELETE",
    "/customers/{customer_id}",
    summary="Delete a customer",
    description=(
        "Removes a customer without invoices and payments. Any other customer is archived: it can be read, "
        "corrected and paid for, and gets no new invoices."
    ),
    scope="customers:write",
    answers={204: None},
    if_match=True,
).operation
def handler(request: ApiRequest[NoBody]) -> HttpResponse:
    """The customer is deleted."""
    delete_customer(request.uow, request.http.parameters["customer_id"], if_version=request.http.if_version)
    return NO_CONTENT
