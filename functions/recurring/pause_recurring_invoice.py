"""POST /recurring/{recurring_id}/pause: pause a recurring invoice."""

from invoicing.api.app import ApiRequest, NoBody
from invoicing.api.envelope import Result
from invoicing.api.outputs.recurring import RecurringInvoiceOutput, recurring_invoice_links, recurring_invoice_output
from invoicing.operations.recurring.pause_recurring_invoice import pause_recurring_invoice
from invoicing.wiring import api


@api(
    "POST",
    "/recurring/{recurring_id}/pause",
    summary="Pause a recurring invoice",
    description="Dates that fall due while paused make no invoice; what was due before is still made.",
    scope="recurring:write",
    answers={200: RecurringInvoiceOutput},
    errors={409: "The schedule is not active."},
    etag=True,
    if_match=True,
).operation
def handler(request: ApiRequest[NoBody]) -> Result:
    """The paused schedule."""
    schedule = pause_recurring_invoice(
        request.uow, request.http.parameters["recurring_id"], if_version=request.http.if_version
    )
    links = recurring_invoice_links(schedule)
    return Result(data=recurring_invoice_output(schedule), links=links, version=schedule.version)
