"""GET /recurring/{recurring_id}: read a recurring invoice."""

from invoicing.api.app import ApiRequest, NoBody
from invoicing.api.envelope import Result
from invoicing.api.outputs.recurring import RecurringInvoiceOutput, recurring_invoice_links, recurring_invoice_output
from invoicing.domain.recurring.recurring_invoice import RecurringInvoice
from invoicing.wiring import api


@api(
    "GET",
    "/recurring/{recurring_id}",
    summary="Read a recurring invoice",
    description="A schedule: the content of its invoices, its dates, and how far it has come.",
    scope="recurring:read",
    answers={200: RecurringInvoiceOutput},
    etag=True,
).operation
def handler(request: ApiRequest[NoBody]) -> Result:
    """The schedule."""
    schedule = request.uow.get(RecurringInvoice, request.http.parameters["recurring_id"])
    links = recurring_invoice_links(schedule)
    return Result(data=recurring_invoice_output(schedule), links=links, version=schedule.version)
