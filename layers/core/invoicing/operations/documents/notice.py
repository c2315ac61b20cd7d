"""A notice to the account as a document: an e-mail about others, as they are when it is sent."""

from collections.abc import Mapping
from typing import Any

from invoicing.dataclass import dataclass
from invoicing.domain.credit_notes.credit_note import CreditNote
from invoicing.domain.deliveries.delivery import Delivery, DocumentKind
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.ledger.statement_mail import StatementMail
from invoicing.domain.notices.account_notice import FAILURES
from invoicing.domain.notices.notice_mail import NoticeMail
from invoicing.domain.parties.account import Account
from invoicing.domain.parties.customer import Customer
from invoicing.domain.recurring.recurring_invoice import GenerationError, RecurringInvoice
from invoicing.domain.reminders.reminder_mail import ReminderMail
from invoicing.domain.webhooks.webhook import Webhook
from invoicing.operations.account._own_account import PROFILE
from invoicing.operations.documents.document_type import DocumentType
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork

RESOLVED = "resolved"
"""Why a notice is not sent: nothing that it names is a failure any more."""

_READ: Mapping[DocumentKind, type[Any]] = {
    "invoice": Invoice,
    "credit_note": CreditNote,
    "reminder": ReminderMail,
    "statement": StatementMail,
}
"""What is read to name the document of an e-mail; a receipt has the id of its payment."""


@dataclass(frozen=True, slots=True)
class FailedEmail:
    """An e-mail that failed, with its document, of a reminder the invoice that words it; None where that is gone."""

    delivery: Delivery
    document: Invoice | CreditNote | StatementMail | None


@dataclass(frozen=True, slots=True)
class UnmadeInvoice:
    """The next invoice of a schedule, which could not be made; ``customer`` is None where it is gone."""

    error: GenerationError
    customer: Customer | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A notice with the e-mails that it names and that have failed, the first first; others arrived after all.

    ``unsent`` are the invoices whose scheduled sends failed, and did not succeed since, ``unmade`` those that schedules
    could not make, and have not made since, ``disabled`` the webhooks that still are.
    """

    mail: NoticeMail
    account: Account
    failed: tuple[FailedEmail, ...]
    unsent: tuple[Invoice, ...] = ()
    unmade: tuple[UnmadeInvoice, ...] = ()
    disabled: tuple[Webhook, ...] = ()


def read_notice(uow: UnitOfWork, mail: NoticeMail) -> Notice:
    """Read what a notice says."""
    uow.prefetch((Account, PROFILE), *((Delivery, each) for each in mail.delivery_ids))
    found = [uow.find(Delivery, each) for each in mail.delivery_ids]
    failed = [each for each in found if each and each.status in FAILURES]
    documents = _documents(uow, failed, mail.invoice_ids)
    invoices = (documents.get(("invoice", each)) for each in mail.invoice_ids)
    return Notice(
        mail=mail,
        account=uow.get(Account, PROFILE),
        failed=tuple(FailedEmail(each, documents.get((each.document_kind, each.document_id))) for each in failed),
        unsent=tuple(each for each in invoices if each and each.scheduled_send and each.scheduled_send.failure),
        unmade=_unmade(uow, mail.recurring_ids),
        disabled=_disabled(uow, mail.webhook_ids),
    )


def _unmade(uow: UnitOfWork, recurring_ids: tuple[str, ...]) -> tuple[UnmadeInvoice, ...]:
    """Read the schedules that still cannot make their next invoice; two requests, none without schedules."""
    if not recurring_ids:
        return ()
    uow.prefetch(*((RecurringInvoice, each) for each in recurring_ids))
    schedules = [uow.find(RecurringInvoice, each) for each in recurring_ids]
    failing = [each for each in schedules if each and each.last_error and each.next_billing_date]
    if failing:
        uow.prefetch(*((Customer, each) for each in dict.fromkeys(schedule.customer_id for schedule in failing)))
    return tuple(
        UnmadeInvoice(each.last_error, uow.find(Customer, each.customer_id)) for each in failing if each.last_error
    )


def _disabled(uow: UnitOfWork, webhook_ids: tuple[str, ...]) -> tuple[Webhook, ...]:
    """Read the webhooks that nobody switched on, off or away since; one request, none without webhooks."""
    if not webhook_ids:
        return ()
    uow.prefetch(*((Webhook, each) for each in webhook_ids))
    webhooks = (uow.find(Webhook, each) for each in webhook_ids)
    return tuple(each for each in webhooks if each and each.is_given_up)


def _documents(
    uow: UnitOfWork, failed: list[Delivery], invoice_ids: tuple[str, ...]
) -> Mapping[tuple[DocumentKind, str], Any]:
    """Read the documents of e-mails, and further invoices; each once."""
    named: dict[tuple[DocumentKind, str], None] = dict.fromkeys(
        (each.document_kind, each.document_id) for each in failed if each.document_kind in _READ
    )
    named |= dict.fromkeys(("invoice", each) for each in invoice_ids)
    if not named:
        return {}
    uow.prefetch(*((_READ[kind], identifier) for kind, identifier in named))
    documents = {(kind, identifier): uow.find(_READ[kind], identifier) for kind, identifier in named}
    leads = {each.lead for each in documents.values() if isinstance(each, ReminderMail)}
    if leads:
        uow.prefetch(*((Invoice, each) for each in leads))
    return {
        key: uow.find(Invoice, each.lead) if isinstance(each, ReminderMail) else each for key, each in documents.items()
    }


def _refusal(notice: Notice) -> str | None:
    stands = notice.failed or notice.unsent or notice.unmade or notice.disabled or notice.mail.unnamed
    return None if stands else RESOLVED


NOTICE: DocumentType[Notice] = DocumentType(
    name="notice",
    kind=NoticeMail,
    read=read_notice,
    parts=lambda _: (),
    refusal=_refusal,
    resource=lambda *_: None,
)
