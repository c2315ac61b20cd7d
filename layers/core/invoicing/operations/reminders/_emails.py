"""E-mails of reminders: what is stored with each, and how it is ordered."""

from invoicing.domain.calendar import today
from invoicing.domain.deliveries.delivery import Delivery
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.reminders.reminder_mail import ReminderMail
from invoicing.domain.reminders.settings import Mode, ScheduleEntry
from invoicing.operations.documents.order_email import EmailRequest, order_email
from invoicing.operations.reminders._reminded import Recipient
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork

DEFAULT_WORDING = ScheduleEntry()


def order_reminder(
    uow: UnitOfWork,
    recipient: Recipient,
    lead: Invoice,
    invoices: tuple[tuple[str, int | None], ...],
    *,
    mode: Mode,
    wording: ScheduleEntry = DEFAULT_WORDING,
    page_url: str,
) -> Delivery:
    """Store a reminder of some invoices, each with its step, and its delivery; the event that names it starts it.

    It is worded for the ``lead``. `ValidationFailed` ``RECIPIENT_MISSING`` without an address.
    """
    customer = recipient.customer
    mail = ReminderMail(
        account=uow.account,
        id=uow.new_id("rem"),
        version=1,
        customer_id=customer.id,
        day=today(uow.now, recipient.account.time_zone),
        mode=mode,
        invoices=invoices,
        subject=wording.subject,
        message=wording.message,
        created_at=uow.now,
    )
    uow.changes.save(mail)
    uow.changes.require(uow.ref(type(customer), customer.id), customer.version)
    page = f"{page_url}/{lead.page_token}"
    return order_email(uow, EmailRequest(), customer.as_buyer(), kind="reminder", document_id=mail.id, hosted_url=page)
