"""DELETE /customers/{customer_id}: remove a customer, archive one that has invoices, or erase an archived one."""

from invoicing.api.app import ApiRequest, NoBody
from invoicing.api.envelope import NO_CONTENT, HttpResponse
from invoicing.api.queries.erasing import ERASING, is_erasure
from invoicing.operations.customers.delete_customer import delete_customer
from invoicing.wiring import api, wiring


@api(
    "DELETE",
    "/customers/{customer_id}",
    summary="Delete a customer",
    description=(
        "Removes a customer without invoices and payments. Any other customer is archived: it can be read, "
        "corrected and paid for, and gets no new invoices. `erase=true` erases an archived customer and, soon after, "
        "what its documents say of it, once the account's `retention_years` are over."
    ),
    scope="customers:write",
    query=ERASING,
    answers={204: None},
    errors={409: "With `erase=true`: the customer is not archived, or its documents have to be kept."},
    if_match=True,
).operation
def handler(request: ApiRequest[NoBody]) -> HttpResponse:
    """The customer is deleted."""
    http = request.http
    erase_with = wiring().ledger if is_erasure(http.query_string) else None
    delete_customer(request.uow, http.parameters["customer_id"], if_version=http.if_version, erase_with=erase_with)
    return NO_CONTENT
