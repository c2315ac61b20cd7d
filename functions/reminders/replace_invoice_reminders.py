"""PUT /invoices/{invoice_id}/reminders: give an invoice reminders of its own."""

from invoicing.api.app import ApiRequest
from invoicing.api.envelope import Result
from invoicing.api.inputs.reminders import ReminderOverrideInput
from invoicing.api.outputs.reminders import InvoiceRemindersOutput, invoice_reminders_links, invoice_reminders_output
from invoicing.operations.reminders.replace_invoice_reminders import replace_invoice_reminders
from invoicing.wiring import api
from invoicing_documents.own_texts.schedules import require_texts


@api(
    "PUT",
    "/invoices/{invoice_id}/reminders",
    summary="Replace the reminders of an invoice",
    description=(
        "Switches the reminders of the invoice on or off, mutes them up to a day, or gives them a schedule; for a"
        " field that is left out, the settings of its customer apply, else those of the account."
    ),
    scope="reminders:write",
    body=ReminderOverrideInput,
    answers={200: InvoiceRemindersOutput},
).operation
def handler(request: ApiRequest[ReminderOverrideInput]) -> Result:
    """The reminders of the invoice after the change."""
    override = request.body.override()
    require_texts(override.schedule or ())
    reminded = replace_invoice_reminders(
        request.uow,
        request.http.parameters["invoice_id"],
        override,
        page_url=request.page_url,
    )
    data = invoice_reminders_output(reminded, request.uow.now)
    return Result(data=data, links=invoice_reminders_links(reminded))
