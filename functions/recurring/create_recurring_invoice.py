"""POST /recurring: create a recurring invoice."""

from invoicing.api.app import ApiRequest
from invoicing.api.envelope import Result
from invoicing.api.inputs.recurring import CreateRecurringInvoiceInput
from invoicing.api.outputs.recurring import RecurringInvoiceOutput, recurring_invoice_links, recurring_invoice_output
from invoicing.operations.recurring.create_recurring_invoice import create_recurring_invoice
from invoicing.wiring import api


@api(
    "POST",
    "/recurring",
    summary="Create a recurring invoice",
    description=(
        "Creates a schedule that makes an invoice on each of its dates. None is made at once: `next_billing_date` is "
        "the date of the first one."
    ),
    scope="recurring:write",
    body=CreateRecurringInvoiceInput,
    answers={201: RecurringInvoiceOutput},
    etag=True,
).operation
def handler(request: ApiRequest[CreateRecurringInvoiceInput]) -> Result:
    """The schedule at its first date."""
    new, content = request.body.schedule(), request.body.content()
    schedule = create_recurring_invoice(request.uow, new, content, page_url=request.page_url)
    links = recurring_invoice_links(schedule)
    return Result(
        status=201,
        data=recurring_invoice_output(schedule),
        links=links,
        version=schedule.version,
        location=links["self"],
    )
