"""Things to test with: each builder gives a sensible one, and takes what a test cares about as keywords."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import count
from typing import Any

from invoicing.domain.access.api_key import ApiKey
from invoicing.domain.access.caller import Caller
from invoicing.domain.credit_notes.credit_note import CreditNote, issue_credit_note
from invoicing.domain.credit_notes.crediting import lines_to_credit
from invoicing.domain.deliveries.delivery import Delivery, DeliveryStatus
from invoicing.domain.events.event import Actor, Event, Resource
from invoicing.domain.events.registry import event_types
from invoicing.domain.exports.export import Export
from invoicing.domain.imports.data_import import Import
from invoicing.domain.invoices.drafting import NewInvoice, draft_invoice
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.invoices.lifecycle import issue
from invoicing.domain.invoices.lines import NewLine
from invoicing.domain.money.exchange import Exchange
from invoicing.domain.notices.notice_mail import NoticeMail
from invoicing.domain.numbering.settings import (
    DEFAULT_CREDIT_NOTE_PATTERN,
    DEFAULT_PATTERN,
    FIRST_SERIES,
    Reset,
    SeriesSettings,
)
from invoicing.domain.parties.account import Account
from invoicing.domain.parties.customer import Customer
from invoicing.domain.parties.details import Address, TaxId
from invoicing.domain.payments.credit_payout import CreditPayout
from invoicing.domain.payments.payment import Allocation, Payment
from invoicing.domain.webhooks.webhook import Webhook
from invoicing.operations.customers.create_customer import NewCustomer

ACCOUNT = "acc_1"
NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
ACTOR = Actor("api_key", "key_1")
PAGE_URL = "https://api.example/v1/invoicing/i"


class Ids:
    """Identifiers that sort by time and secrets that are as long as real ones; the same in every run."""

    def __init__(self) -> None:
        self._numbers = count(1)

    def new_id(self, prefix: str) -> str:
        return f"{prefix}_{next(self._numbers):06}"

    def new_secret(self) -> str:
        return f"{next(self._numbers):032}"


def first_series(
    pattern: str = DEFAULT_PATTERN, credit_notes: str = DEFAULT_CREDIT_NOTE_PATTERN, reset: Reset = "yearly"
) -> tuple[SeriesSettings, ...]:
    """The series of a new account with other patterns."""
    patterns = zip(FIRST_SERIES, (pattern, credit_notes), strict=True)
    return tuple(replace(each, pattern=own, reset=reset) for each, own in patterns)


def an_account(**overrides: Any) -> Account:
    account = Account(
        account=ACCOUNT,
        id="profile",
        version=1,
        name="Acme Studio GmbH",
        email="billing@acme.example",
        address=Address(line1="Hauptstraße 12", postal_code="10115", city="Berlin", country="DE"),
        tax_ids=(TaxId(type="eu_vat", value="DE123456789"),),
        currency="USD",
        time_zone="UTC",
        payment_terms="Net 30",
        created_at=NOW,
    )
    return replace(account, **overrides)


def a_customer(**overrides: Any) -> Customer:
    customer = Customer(
        account=ACCOUNT,
        id="cust_123",
        version=1,
        name="Initech Ltd.",
        email="ap@initech.example",
        created_at=NOW,
        updated_at=NOW,
    )
    return replace(customer, **overrides)


def a_new_customer(**overrides: Any) -> NewCustomer:
    return replace(NewCustomer(name="Initech Ltd.", email="ap@initech.example"), **overrides)


def a_line(quantity: str = "1", unit_price: str = "100", tax_rate: str | None = None, **overrides: Any) -> NewLine:
    line = NewLine(
        description="Consulting",
        quantity=Decimal(quantity),
        unit_price=Decimal(unit_price),
        tax_rate=None if tax_rate is None else Decimal(tax_rate),
    )
    return line._replace(**overrides)


def a_new_invoice(*lines: NewLine, **overrides: Any) -> NewInvoice:
    """The contract's worked example, unless lines are given."""
    example = (a_line("10", "150.00", "0.08"), a_line("1", "200.00", "0.08"))
    return replace(NewInvoice(customer_id="cust_123", lines=lines or example), **overrides)


def an_invoice(
    new: NewInvoice | None = None, *, by: Account | None = None, customer: Customer | None = None, **overrides: Any
) -> Invoice:
    """A draft, made by the rules themselves; overrides are those of the invoice."""
    account = by or an_account()
    draft = draft_invoice(
        new or a_new_invoice(),
        account,
        customer or a_customer(account=account.account),
        new_id=lambda prefix: f"{prefix}_1",
        now=NOW,
    )
    return replace(draft, **overrides)


def an_issued_invoice(
    new: NewInvoice | None = None, *, by: Account | None = None, customer: Customer | None = None, **overrides: Any
) -> Invoice:
    account = by or an_account()
    draft = an_invoice(new, by=account, customer=customer)
    issued = issue(
        draft,
        number=draft.number or "INV-2026-001",
        seller=account.as_seller("USD", "en"),
        buyer=draft.buyer,
        page_token="token_1",
        now=NOW,
        exchange=Exchange(base=account.currency, rate=Decimal(1) if draft.currency == account.currency else None),
        time_zone=account.time_zone,
    )
    return replace(issued, **overrides)


def a_credit_payout() -> CreditPayout:
    """20 dollars of credit, paid out by bank transfer."""
    return CreditPayout(
        account=ACCOUNT,
        id="payout_1",
        customer_id="cust_123",
        currency="USD",
        amount=2000,
        method="bank_transfer",
        payout_date=NOW.date(),
        reference="wire 7",
        created_at=NOW,
    )


def a_payment(**overrides: Any) -> Payment:
    """100 dollars for one invoice, unless overrides say otherwise."""
    payment = Payment(
        account=ACCOUNT,
        id="pay_1",
        version=1,
        customer_id="cust_123",
        invoice_id="inv_1",
        currency="USD",
        amount=10000,
        method="bank_transfer",
        payment_date=NOW.date(),
        allocations=(Allocation(invoice_id="inv_1", amount=10000),),
        buyer=a_customer().as_buyer(),
        seller=an_account().as_seller("USD", "en"),
        time_zone="UTC",
        locale="en",
        created_at=NOW,
        updated_at=NOW,
    )
    return replace(payment, **overrides)


def a_credit_note(invoice: Invoice | None = None, **overrides: Any) -> CreditNote:
    """Of all that is left of an invoice."""
    invoice = invoice or an_issued_invoice()
    note = issue_credit_note(
        invoice,
        lines_to_credit(invoice, None),
        note_id="cn_1",
        number="CN-2026-001",
        reason="Returned",
        on=NOW.date(),
        now=NOW,
    )
    return replace(note, **overrides)


def a_delivery(**overrides: Any) -> Delivery:
    delivery = Delivery(
        account=ACCOUNT,
        id="dlv_1",
        version=1,
        document_id="inv_1",
        status=DeliveryStatus.QUEUED,
        recipient="ap@initech.example",
        to=("ap@initech.example",),
        hosted_url=f"{PAGE_URL}/token_1",
        created_at=NOW,
        updated_at=NOW,
    )
    return replace(delivery, **overrides)


def a_notice_mail(**overrides: Any) -> NoticeMail:
    mail = NoticeMail(account=ACCOUNT, id="ntc_1", day=NOW.date(), delivery_ids=("dlv_1",), count=1, created_at=NOW)
    return replace(mail, **overrides)


def an_api_key(**overrides: Any) -> ApiKey:
    key = ApiKey(
        hash="00" * 32,
        id="key_1",
        account=ACCOUNT,
        mode="live",
        scopes=("*",),
        requests_per_hour=1000,
        last_four="abcd",
        created_at=NOW,
    )
    return replace(key, **overrides)


def a_caller(**overrides: Any) -> Caller:
    caller = Caller(
        account=ACCOUNT,
        key_id="key_1",
        mode="live",
        scopes=frozenset({"*"}),
        requests_per_hour=1000,
        requests_used=1,
        window_ends=0,
    )
    return replace(caller, **overrides)


def an_event(name: str, resource: Resource, **overrides: Any) -> Event:
    """An event of a resource as it is, by the name of its type; ``about`` is what is known only in this event.

    Its sequence follows the resource's, so that it is the first of a new one.
    """
    about = overrides.pop("about", {})
    values: dict[str, Any] = {
        "account": resource.account,
        "id": "evt_1",
        "type": name,
        "resource_id": resource.id,
        "sequence": resource.sequence + 1,
        "actor": ACTOR,
        "occurred_at": NOW,
        "data": event_types()[name].summary(resource, **about),
    }
    return Event(**values | overrides)


def an_export(**overrides: Any) -> Export:
    """An export of a month that waits for its first slice."""
    export = Export(
        account=ACCOUNT,
        id="export_1",
        type="invoices",
        format="csv",
        start_date=date(2026, 3, 1),
        end_date=date(2026, 3, 31),
        time_zone="UTC",
        as_of=NOW,
        asked_at=NOW,
        created_at=NOW,
        updated_at=NOW,
    )
    return replace(export, **overrides)


def an_import(**overrides: Any) -> Import:
    """An import that waits for its first slice."""
    data_import = Import(
        account=ACCOUNT, id="import_1", type="customers", format="csv", size=9, created_at=NOW, updated_at=NOW
    )
    return replace(data_import, **overrides)


def a_webhook(**overrides: Any) -> Webhook:
    """A webhook that gets every event."""
    known: dict[str, Any] = {"account": ACCOUNT, "created_at": NOW, "updated_at": NOW} | overrides
    url, secret = "https://hooks.example.com/", "acc_1:terces"
    return Webhook(**{"id": "webhook_1", "url": url, "events": ("*",), "secret": secret} | known)
