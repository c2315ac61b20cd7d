"""PATCH /customers/{customer_id}: change a customer."""

from invoicing.api.app import ApiRequest
from invoicing.api.envelope import Result
from invoicing.api.inputs.customers import UpdateCustomerInput
from invoicing.api.outputs.customers import CustomerOutput, customer_links, customer_output
from invoicing.operations.customers.update_customer import update_customer
from invoicing.wiring import api
from invoicing_documents.own_texts.schedules import require_texts


@api(
    "PATCH",
    "/customers/{customer_id}",
    summary="Update a customer",
    description=(
        "Changes the fields that are sent. Issued invoices keep the customer as it was; a draft takes the new"
        " name and addresses at once."
    ),
    scope="customers:write",
    body=UpdateCustomerInput,
    answers={200: CustomerOutput},
    etag=True,
    if_match=True,
).operation
def handler(request: ApiRequest[UpdateCustomerInput]) -> Result:
    """The changed customer."""
    require_texts(request.body.reminder_schedule, "reminders.schedule")
    customer = update_customer(
        request.uow,
        request.http.parameters["customer_id"],
        request.body.values(),
        page_url=request.page_url,
        if_version=request.http.if_version,
    )
    return Result(data=customer_output(customer), links=customer_links(customer), version=customer.version)
