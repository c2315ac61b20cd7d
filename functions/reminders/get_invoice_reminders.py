"""GET /invoices/{invoice_id}/reminders: read the reminders of an invoice."""

from invoicing.api.app import ApiRequest, NoBody
from invoicing.api.envelope import Result
from invoicing.api.outputs.reminders import InvoiceRemindersOutput, invoice_reminders_links, invoice_reminders_output
from invoicing.operations.reminders.get_invoice_reminders import get_invoice_reminders
from invoicing.wiring import api


@api(
    "GET",
    "/invoices/{invoice_id}/reminders",
    summary="Read the reminders of an invoice",
    description="What became of past steps, and when the coming ones are sent if nothing changes; times in UTC.",
    scope="reminders:read",
    answers={200: InvoiceRemindersOutput},
).operation
def handler(request: ApiRequest[NoBody]) -> Result:
    """The reminders of the invoice."""
    reminded = get_invoice_reminders(request.uow, request.http.parameters["invoice_id"])
    data = invoice_reminders_output(reminded, request.uow.now)
    return Result(data=data, links=invoice_reminders_links(reminded))
