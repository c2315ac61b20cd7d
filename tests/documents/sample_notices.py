"""Notices to make e-mails of."""

from datetime import UTC, date, datetime
from typing import Any

from invoicing.domain.deliveries.delivery import DeliveryStatus, DocumentKind
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.ledger.statement_mail import StatementMail
from invoicing.domain.parties.account import Account
from invoicing.domain.recurring.recurring_invoice import GenerationError
from invoicing.domain.webhooks.webhook import Reason, Webhook
from invoicing.operations.documents.notice import FailedEmail, Notice, UnmadeInvoice
from invoicing_documents.email.notice_email import compose_notice_email
from tests.builders import a_credit_note, a_customer, a_notice_mail, a_webhook, an_account
from tests.documents.sample_invoices import invoice_of
from tests.documents.test_invoice_email import delivery_of
from tests.fakes import FakeObjectStore

STATEMENT = StatementMail(
    account="acc_1",
    id="stmt_1",
    customer_id="cust_123",
    start=date(2026, 10, 1),
    end=date(2026, 10, 31),
    day=date(2026, 11, 2),
    created_at=a_notice_mail().created_at,
)


def failed_of(
    failure: str | None = "invalid_address",
    status: DeliveryStatus = DeliveryStatus.BOUNCED,
    kind: DocumentKind = "invoice",
    recipient: str | None = "ap@initech.example",
    **more: Any,
) -> FailedEmail:
    """An e-mail that failed, with a document of its kind."""
    documents = {"credit_note": a_credit_note(), "statement": STATEMENT, "receipt": None}
    document = more.pop("document", documents.get(kind, invoice_of(number="INV-2026-001")))
    delivery = delivery_of(status=status, failure=failure, document_kind=kind, recipient=recipient, **more)
    return FailedEmail(delivery, document)


EVERY = (
    failed_of("no_email", DeliveryStatus.FAILED, recipient=None),
    failed_of("suppressed", DeliveryStatus.FAILED, "reminder"),
    failed_of("invalid_address"),
    failed_of("refused", kind="credit_note"),
    failed_of("mailbox_full", DeliveryStatus.FAILED, "statement"),
    failed_of("too_large", DeliveryStatus.FAILED, "receipt", document_id="pay_01a2156803d97000a4fb73e0f5dcc6bd"),
    failed_of("abuse", DeliveryStatus.COMPLAINED),
    failed_of("no_answer", DeliveryStatus.UNCONFIRMED),
)
"""One of every kind."""


def unmade_of(
    message: str = "issue_date is in a locked period.", customer: str | None = "Initech Ltd."
) -> UnmadeInvoice:
    """The invoice of a date that could not be made."""
    moment = a_notice_mail().created_at
    error = GenerationError(code="PERIOD_LOCKED", message=message, occurrence_date=date(2026, 11, 30), at=moment)
    return UnmadeInvoice(error, a_customer(name=customer) if customer else None)


def disabled_of(reason: Reason = "failing", url: str = "https://hooks.example.com/secret-path") -> Webhook:
    """A webhook that was disabled in the last minute of a day in Berlin."""
    disabled_at = datetime(2026, 11, 23, 22, 59, tzinfo=UTC)
    return a_webhook(url=url, status="disabled", disabled_reason=reason, disabled_at=disabled_at)


def a_notice(
    *failed: FailedEmail,
    unsent: tuple[Invoice, ...] = (),
    unmade: tuple[UnmadeInvoice, ...] = (),
    disabled: tuple[Webhook, ...] = (),
    unnamed: int = 0,
    account: Account | None = None,
) -> Notice:
    ids = tuple(f"dlv_{number}" for number in range(len(failed)))
    mail = a_notice_mail(
        delivery_ids=ids,
        invoice_ids=tuple(each.id for each in unsent),
        recurring_ids=tuple(f"rec_{number}" for number in range(len(unmade))),
        webhook_ids=tuple(f"webhook_{number}" for number in range(len(disabled))),
        count=len(failed) + len(unsent) + len(unmade) + len(disabled) + unnamed,
    )
    return Notice(
        mail=mail,
        account=account or an_account(),
        failed=failed,
        unsent=unsent,
        unmade=unmade,
        disabled=disabled,
    )


def compose(*failed: FailedEmail, **more: Any) -> bytes:
    account = "acc_1#test" if more.pop("test", False) else "acc_1"
    delivery = delivery_of(account=account, document_kind="notice", document_id="ntc_1", hosted_url="")
    notice = a_notice(*(failed or (() if more.get("unmade") or more.get("disabled") else EVERY)), **more)
    return compose_notice_email(notice, delivery, FakeObjectStore(), sender="invoices@mail.acme.example")
