"""POST /reminders/preview: show the wording of a reminder."""

from invoicing.api.app import ApiRequest
from invoicing.api.envelope import Result
from invoicing.api.inputs.reminders import PreviewReminderInput
from invoicing.api.outputs.reminders import REMINDERS_LINKS, ReminderPreviewOutput
from invoicing.operations.documents.seller_logo import logo_of
from invoicing.operations.reminders.preview_reminder import preview_reminder
from invoicing.wiring import api, wiring
from invoicing_documents.email.reminder_email import preview


@api(
    "POST",
    "/reminders/preview",
    summary="Preview a reminder",
    description="The e-mail that an invoice gets at a step, as of now: subject, HTML and text. Nothing is sent.",
    scope="reminders:read",
    body=PreviewReminderInput,
    answers={200: ReminderPreviewOutput},
    errors={404: "There is no such invoice."},
).operation
def handler(request: ApiRequest[PreviewReminderInput]) -> Result:
    """The wording of the reminder."""
    shown = preview_reminder(request.uow, request.body.invoice_id, request.body.step)
    page = f"{request.page_url}/{shown.invoice.page_token or ''}"
    logo = logo_of(shown.invoice, lambda: wiring().objects)
    of = shown.invoice, shown.account, shown.entry, shown.mode, shown.on
    made = preview(*of, hosted_url=page, template=shown.template, logo=logo)
    return Result(
        data=ReminderPreviewOutput(subject=made.subject, html=made.html, text=made.text), links=REMINDERS_LINKS
    )
