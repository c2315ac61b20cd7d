"""E-mails of reminders: what is stored with each, and how it is ordered."""

from dataclasses import replace
from typing import Any

from invoicing.domain.calendar import today
from invoicing.domain.deliveries.delivery import Delivery, DeliveryStatus
from invoicing.domain.events.invoices import INVOICE_EMAIL_FAILED
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.reminders.customer_reminder import CustomerReminder, taken_back
from invoicing.domain.reminders.reminder_mail import ReminderMail
from invoicing.domain.reminders.settings import Mode, ScheduleEntry
from invoicing.domain.reminders.state import Reason
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
    unattended: bool = True,
) -> tuple[Delivery, ...]:
    """Store a reminder of some invoices, each with its step; return the deliveries that the event is to name.

    It is worded for the ``lead``, whose events tell which mailboxes get nothing. `ValidationFailed` as `order_email`.
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
    email = EmailRequest(unattended=unattended)
    about: dict[str, Any] = {"kind": "reminder", "document_id": mail.id, "hosted_url": page}
    deliveries = order_email(uow, email, customer.as_buyer(), **about)
    for each in deliveries:
        if each.status is DeliveryStatus.FAILED:
            uow.record(INVOICE_EMAIL_FAILED, lead, delivery=each)
    return tuple(each for each in deliveries if each.status is not DeliveryStatus.FAILED)


def take_back(uow: UnitOfWork, mail: ReminderMail, reason: Reason) -> None:
    """Let the steps of a reminder be skipped that must not be sent any more; their invoices are told by a worker.

    Once, whatever deliveries it has.
    """
    steps = {invoice: offset for invoice, offset in mail.invoices if offset is not None}
    reminder = uow.find(CustomerReminder, mail.customer_id)
    if mail.skipped or reminder is None:
        return
    uow.changes.save(replace(mail, version=mail.version + 1, skipped=reason))
    if steps:
        uow.changes.save(taken_back(reminder, steps, reason, uow.now))
