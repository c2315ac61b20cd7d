"""POST /invoices/{invoice_id}/recur: make a recurring invoice of an invoice."""

from invoicing.api.app import ApiRequest
from invoicing.api.envelope import Result
from invoicing.api.inputs.recurring import ScheduleInput
from invoicing.api.outputs.recurring import RecurringInvoiceOutput, recurring_invoice_links, recurring_invoice_output
from invoicing.operations.recurring.recur_invoice import recur_invoice
from invoicing.wiring import api


@api(
    "POST",
    "/invoices/{invoice_id}/recur",
    summary="Make an invoice recur",
    description=("Creates a schedule with the content of this invoice, without its number, dates and service periods."),
    scope="recurring:write",
    body=ScheduleInput,
    answers={201: RecurringInvoiceOutput},
    etag=True,
).operation
def handler(request: ApiRequest[ScheduleInput]) -> Result:
    """The schedule at its first date."""
    invoice_id = request.http.parameters["invoice_id"]
    schedule = recur_invoice(request.uow, invoice_id, request.body.schedule(), page_url=request.page_url)
    links = recurring_invoice_links(schedule)
    return Result(
        status=201,
        data=recurring_invoice_output(schedule),
        links=links | {"invoice": f"/invoices/{invoice_id}"},
        version=schedule.version,
        location=links["self"],
    )
