"""An invoice with all that decides about its reminders, read strongly consistent."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import batched

from invoicing.dataclass import dataclass
from invoicing.domain.deliveries.addresses import mailbox_of
from invoicing.domain.deliveries.suppression import Suppression
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.parties.account import Account
from invoicing.domain.parties.customer import Customer
from invoicing.domain.reminders.account_reminders import REMINDERS, AccountReminders
from invoicing.domain.reminders.customer_reminder import CustomerReminder, OpenInvoice
from invoicing.domain.reminders.planning import Situation
from invoicing.domain.reminders.rules import ReminderRules, rules_for
from invoicing.domain.reminders.settings import ReminderSettings
from invoicing.domain.reminders.state import InvoiceReminders, Reason, with_outcome
from invoicing.operations.account._own_account import PROFILE
from invoicing.operations.documents.reminder import closed_by
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork

_AT_ONCE = 50
"""Invoices that are read in one request, each with its reminders."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """A customer, its reminder, and whose customer it is; what is not stored has version 0.

    ``suppressed`` is why nothing is sent to its mailbox, where that was asked for.
    """

    account: Account
    own: AccountReminders
    customer: Customer
    reminder: CustomerReminder
    suppressed: Reason | None = None

    @property
    def settings(self) -> ReminderSettings:
        """The settings of the account."""
        return self.own.settings

    @property
    def unreachable(self) -> Reason | None:
        """Why no reminder can go to the customer."""
        if self.customer.archived_at:
            return Reason.CUSTOMER_ARCHIVED
        return self.suppressed if self.customer.email else Reason.NO_EMAIL


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminded:
    """An invoice, its reminders with what is known of them elsewhere, and who is reminded."""

    invoice: Invoice
    reminders: InvoiceReminders
    recipient: Recipient

    @property
    def rules(self) -> ReminderRules:
        """The rules that hold for the invoice."""
        return rules_for(self.recipient.settings, self.recipient.customer.reminders, self.reminders.override)

    @property
    def situation(self) -> Situation:
        """All that a decision depends on; `LookupError` for a draft."""
        if self.invoice.sent_at is None:
            raise LookupError("a draft has no reminders")
        return Situation(
            due_date=self.invoice.due_date,
            issued_at=self.invoice.sent_at,
            closed=closed_by(self.invoice),
            reminders=self.reminders,
            rules=self.rules,
            time_zone=self.recipient.account.time_zone,
            unreachable=self.recipient.unreachable,
            restored_at=self.recipient.customer.restored_at,
            reminded_at=self.recipient.reminder.reminded_at,
        )

    @property
    def as_open(self) -> OpenInvoice:
        """What the reminder of its customer has to know of it."""
        return OpenInvoice(
            id=self.invoice.id,
            due_date=self.invoice.due_date,
            amount_due=self.invoice.amount_due,
            currency=self.invoice.currency,
            situation=self.situation,
        )


def read_reminded(uow: UnitOfWork, invoice_id: str) -> Reminded:
    """Return an invoice with what decides about its reminders; two requests. `NotFound` ``INVOICE_NOT_FOUND``."""
    uow.prefetch(
        (Invoice, invoice_id), (InvoiceReminders, invoice_id), (Account, PROFILE), (AccountReminders, REMINDERS)
    )
    invoice = uow.get(Invoice, invoice_id)
    uow.prefetch((Customer, invoice.buyer.id), (CustomerReminder, invoice.buyer.id))
    return reminded_of(uow, invoice)


def reminded_of(uow: UnitOfWork, invoice: Invoice) -> Reminded:
    """Return what decides about the reminders of an invoice that was read; the rest was prefetched."""
    return _with_outcome(invoice, reminders_of(uow, invoice.id), recipient_of(uow, invoice.buyer.id))


def recipient_of(uow: UnitOfWork, customer_id: str) -> Recipient:
    """Return a customer with its reminder; `NotFound` ``CUSTOMER_NOT_FOUND``."""
    reminder = uow.find(CustomerReminder, customer_id)
    return Recipient(
        account=uow.get(Account, PROFILE),
        own=own_reminders(uow),
        customer=uow.get(Customer, customer_id),
        reminder=reminder or CustomerReminder(account=uow.account, id=customer_id, version=0),
    )


def reachable_of(uow: UnitOfWork, customer_id: str) -> Recipient:
    """Return a customer as `recipient_of`, and whether its mailbox is suppressed; one request more."""
    recipient = recipient_of(uow, customer_id)
    email = recipient.customer.email
    suppression = uow.find(Suppression, mailbox_of(email)) if email else None
    if suppression is None:
        return recipient
    return replace(recipient, suppressed=Reason.BOUNCED if suppression.reason == "bounced" else Reason.SUPPRESSED)


def own_reminders(uow: UnitOfWork) -> AccountReminders:
    """Return the account's reminders, version 0 and switched off before they are first set."""
    return uow.find(AccountReminders, REMINDERS) or AccountReminders(account=uow.account, page_url="")


def reminders_of(uow: UnitOfWork, invoice_id: str) -> InvoiceReminders:
    """Return the reminders of an invoice, version 0 where it has none yet."""
    found = uow.find(InvoiceReminders, invoice_id)
    return found or InvoiceReminders(account=uow.account, id=invoice_id, version=0)


def read_all_reminded(uow: UnitOfWork, recipient: Recipient, invoice_ids: Iterable[str]) -> Mapping[str, Reminded]:
    """Return invoices of one customer that exist, by id; a request for every 50."""
    read: dict[str, Reminded] = {}
    for some in batched(invoice_ids, _AT_ONCE, strict=False):
        uow.prefetch(*((kind, each) for each in some for kind in (Invoice, InvoiceReminders)))
        for each in some:
            if invoice := uow.find(Invoice, each):
                read[each] = _with_outcome(invoice, reminders_of(uow, each), recipient)
    return read


def add_reminders(uow: UnitOfWork, recipient: Recipient, invoices: Iterable[Invoice]) -> list[Reminded]:
    """Return invoices of one customer with their reminders; a request for every 50."""
    found: list[Reminded] = []
    for some in batched(invoices, _AT_ONCE, strict=False):
        uow.prefetch(*((InvoiceReminders, each.id) for each in some))
        found += [_with_outcome(each, reminders_of(uow, each.id), recipient) for each in some]
    return found


def _with_outcome(invoice: Invoice, reminders: InvoiceReminders, recipient: Recipient) -> Reminded:
    reminders = with_outcome(reminders, recipient.reminder.outcomes.get(invoice.id))
    return Reminded(invoice=invoice, reminders=reminders, recipient=recipient)
