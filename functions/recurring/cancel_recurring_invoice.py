"""DELETE /recurring/{recurring_id}: cancel a recurring invoice."""

from invoicing.api.app import ApiRequest, NoBody
from invoicing.api.envelope import Result
from invoicing.api.outputs.recurring import RecurringInvoiceOutput, recurring_invoice_links, recurring_invoice_output
from invoicing.operations.recurring.cancel_recurring_invoice import cancel_recurring_invoice
from invoicing.wiring import api


@api(
    "DELETE",
    "/recurring/{recurring_id}",
    summary="Cancel a recurring invoice",
    description="Makes no further invoice, for good; invoices that were made stay as they are.",
    scope="recurring:write",
    answers={200: RecurringInvoiceOutput},
    errors={409: "The schedule is completed."},
    etag=True,
    if_match=True,
).operation
def handler(request: ApiRequest[NoBody]) -> Result:
    """The cancelled schedule."""
    schedule = cancel_recurring_invoice(
        request.uow, request.http.parameters["recurring_id"], if_version=request.http.if_version
    )
    links = recurring_invoice_links(schedule)
    return Result(data=recurring_invoice_output(schedule), links=links, version=schedule.version)
