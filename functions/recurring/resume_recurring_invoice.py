"""POST /recurring/{recurring_id}/resume: resume a recurring invoice."""

from invoicing.api.app import ApiRequest, NoBody
from invoicing.api.envelope import Result
from invoicing.api.outputs.recurring import RecurringInvoiceOutput, recurring_invoice_links, recurring_invoice_output
from invoicing.operations.recurring.resume_recurring_invoice import resume_recurring_invoice
from invoicing.wiring import api


@api(
    "POST",
    "/recurring/{recurring_id}/resume",
    summary="Resume a recurring invoice",
    description="Goes on with the next date; dates that fell due during the pause are skipped.",
    scope="recurring:write",
    answers={200: RecurringInvoiceOutput},
    errors={409: "The schedule is not paused.", 422: "The customer is archived or erased: no invoice can be made."},
    etag=True,
    if_match=True,
).operation
def handler(request: ApiRequest[NoBody]) -> Result:
    """The schedule at its next date."""
    schedule = resume_recurring_invoice(
        request.uow, request.http.parameters["recurring_id"], if_version=request.http.if_version
    )
    links = recurring_invoice_links(schedule)
    return Result(data=recurring_invoice_output(schedule), links=links, version=schedule.version)
