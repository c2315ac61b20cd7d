"""POST /invoices/{invoice_id}/reminders: remind a customer now."""

from invoicing.api.app import ApiRequest, NoBody
from invoicing.api.envelope import Result
from invoicing.api.outputs.reminders import InvoiceRemindersOutput, invoice_reminders_links, invoice_reminders_output
from invoicing.operations.reminders.remind_customer import remind_customer
from invoicing.wiring import api


@api(
    "POST",
    "/invoices/{invoice_id}/reminders",
    summary="Send a reminder now",
    description=(
        "E-mails a reminder of the invoice at once, whatever the schedule says. The steps of the customer that fall on"
        " the same day are not sent; later ones are."
    ),
    scope="reminders:write",
    answers={200: InvoiceRemindersOutput},
    errors={
        409: "The invoice is a draft, paid or cancelled; `possible_actions` says what is possible.",
        422: "The customer has no e-mail address that mail can be sent to.",
    },
).operation
def handler(request: ApiRequest[NoBody]) -> Result:
    """The reminders of the invoice, with the one that is sent now."""
    reminded = remind_customer(request.uow, request.http.parameters["invoice_id"], page_url=request.page_url)
    data = invoice_reminders_output(reminded, request.uow.now)
    return Result(data=data, links=invoice_reminders_links(reminded))
