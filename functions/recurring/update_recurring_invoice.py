"""PATCH /recurring/{recurring_id}: change a recurring invoice."""

from invoicing.api.app import ApiRequest
from invoicing.api.envelope import Result
from invoicing.api.inputs.recurring import UpdateRecurringInvoiceInput
from invoicing.api.outputs.recurring import RecurringInvoiceOutput, recurring_invoice_links, recurring_invoice_output
from invoicing.operations.recurring.update_recurring_invoice import update_recurring_invoice
from invoicing.wiring import api


@api(
    "PATCH",
    "/recurring/{recurring_id}",
    summary="Update a recurring invoice",
    description=(
        "Changes the fields that are sent, for dates that have no invoice yet; objects merge, `items` are replaced "
        "as a whole. With `effective_from`, the content of invoices changes for dates on or after that day."
    ),
    scope="recurring:write",
    body=UpdateRecurringInvoiceInput,
    answers={200: RecurringInvoiceOutput},
    errors={409: "The schedule has ended, or `start_date` is fixed since an invoice was made."},
    etag=True,
    if_match=True,
).operation
def handler(request: ApiRequest[UpdateRecurringInvoiceInput]) -> Result:
    """The changed schedule."""
    schedule = update_recurring_invoice(
        request.uow,
        request.http.parameters["recurring_id"],
        request.body.changes(),
        effective_from=request.body.effective_from,
        if_version=request.http.if_version,
    )
    links = recurring_invoice_links(schedule)
    return Result(data=recurring_invoice_output(schedule), links=links, version=schedule.version)
