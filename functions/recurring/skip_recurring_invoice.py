"""POST /recurring/{recurring_id}/skip: skip the next date of a recurring invoice."""

from invoicing.api.app import ApiRequest, NoBody
from invoicing.api.envelope import Result
from invoicing.api.outputs.recurring import RecurringInvoiceOutput, recurring_invoice_links, recurring_invoice_output
from invoicing.operations.recurring.skip_recurring_invoice import skip_recurring_invoice
from invoicing.wiring import api


@api(
    "POST",
    "/recurring/{recurring_id}/skip",
    summary="Skip the next date",
    description="The next date makes no invoice; it does not count for `max_occurrences`.",
    scope="recurring:write",
    answers={200: RecurringInvoiceOutput},
    errors={409: "The schedule has ended."},
    etag=True,
    if_match=True,
).operation
def handler(request: ApiRequest[NoBody]) -> Result:
    """The schedule at the date after it."""
    schedule = skip_recurring_invoice(
        request.uow, request.http.parameters["recurring_id"], if_version=request.http.if_version
    )
    links = recurring_invoice_links(schedule)
    return Result(data=recurring_invoice_output(schedule), links=links, version=schedule.version)
