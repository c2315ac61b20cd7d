"""One of everything whose item is packed, as the rules make it: what is usual has its usual value, texts are empty.

A plain invoice lives from draft to credit note; another one has what few invoices have.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import tools.openapi  # isort: skip  # noqa: F401 - makes the package invoicing importable
from invoicing.api.envelope import Result, json_response
from invoicing.api.outputs.invoice_links import invoice_links
from invoicing.api.outputs.invoices import invoice_output
from invoicing.api.request import BASE_PATH
from invoicing.domain.access.key_roster import KeyRoster, UsableKey
from invoicing.domain.credit_notes.credit_note import CreditNote, issue_credit_note
from invoicing.domain.credit_notes.crediting import lines_to_credit, with_credit
from invoicing.domain.deliveries.delivery import Delivery, DeliveryStatus
from invoicing.domain.invoices.drafting import NewInvoice, draft_invoice
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.invoices.lifecycle import issue, mark_viewed
from invoicing.domain.invoices.lines import NewLine
from invoicing.domain.invoices.particulars import CustomField, Particulars, ShipTo
from invoicing.domain.invoices.payment_means import PaymentMeans
from invoicing.domain.invoices.settlement import credit
from invoicing.domain.ledger.carried_balance import CarriedBalance, carried_forward
from invoicing.domain.money.adjustments import NewAdjustment, NewDocumentAdjustment
from invoicing.domain.money.discounts import Discount
from invoicing.domain.money.exchange import Exchange
from invoicing.domain.money.payable import NewPrepayment, NewWithholding
from invoicing.domain.money.rounding import RoundingChoice
from invoicing.domain.money.tax import Tax
from invoicing.domain.money.tax_parts import parts_of
from invoicing.domain.parties.account import Account, Seller
from invoicing.domain.parties.customer import Customer
from invoicing.domain.parties.details import Address
from invoicing.domain.payments.payment import Allocation, Payment
from invoicing.domain.payments.posting import PostedPayment, post_payment
from invoicing.operations.unit_of_work.change_set import IdempotencyRecord

NOW = datetime(2026, 11, 26, microsecond=1, tzinfo=UTC)
TODAY, DUE = NOW.date(), date(2026, 12, 26)
ACCOUNT, CUSTOMER = "acc_01a", "cust_01a"
API_URL = f"https://{BASE_PATH}"


def samples() -> Iterator[Any]:
    """Yield the samples, the most common kind last."""
    account = Account(
        account=ACCOUNT,
        id="profile",
        version=1,
        name="",
        email="",
        currency="USD",
        time_zone="UTC",
        payment_terms="Net 30",
        created_at=NOW,
    )
    customer = Customer(
        account=ACCOUNT,
        id=CUSTOMER,
        version=2,
        sequence=1,
        name="",
        email="",
        has_invoices=True,
        created_at=NOW,
        updated_at=NOW,
    )
    draft = _draft(_plain(), account, customer)
    posted = _paid(_viewed(draft, account), account.as_seller("USD", "en"))
    note, credited = _credited(posted.invoices[0])
    yield KeyRoster(account=ACCOUNT, version=1, keys=(UsableKey(id="key_01a", is_admin=True),))
    yield carried_forward(CarriedBalance(account=ACCOUNT, id="balance#"), [posted.entry])
    yield account
    yield _viewed(_draft(_unusual(), account, customer), account)
    yield _answer(draft)
    yield note
    yield _delivery(credited)
    yield customer
    yield posted.payment
    yield replace(posted.entry, cash_taxes=posted.entry.cash_taxes[:1])  # the second is as the first
    yield replace(credited, credit_taxes=())  # few invoices have some


def _plain() -> NewInvoice:
    lines = [
        NewLine(description="", quantity=Decimal("1.0"), unit_price=Decimal("100.00"), tax_rate=Decimal(rate))
        for rate in ("0.08", "0.19")
    ]
    return NewInvoice(customer_id=CUSTOMER, lines=lines, due_date=DUE, notes="")


def _unusual() -> NewInvoice:
    """Return the input of an invoice with much of what most invoices do not have."""
    ten = Decimal(10)
    adjustment = NewAdjustment(description="", percentage=ten)
    line = NewLine(
        description="",
        quantity=Decimal(1),
        unit_price=Decimal(1000),
        discount=Discount(type="percentage", value=ten),
        sku="",
        unit="",
        tax_category="S",
        tax_name="VAT",
        price_quantity=ten,
        taxes=(Tax(name="GST", rate=Decimal("0.05")), Tax(name="QST", rate=Decimal("0.09975"))),
        charges=(adjustment,),
        allowances=(adjustment,),
    )
    exempt = line._replace(taxes=(), tax_rate=Decimal(0), tax_category="AE", tax_exemption_reason="")
    beside = NewDocumentAdjustment(description="", percentage=ten)
    return replace(
        _plain(),
        lines=(line, exempt),
        due_date=None,
        payment_terms="Net 30",
        tax_rate=Decimal("0.19"),
        discount=Discount(type="percentage", value=ten),
        charges=(beside,),
        allowances=(beside,),
        withholdings=(NewWithholding(name="", rate=Decimal("0.1")),),
        prepayments=(NewPrepayment(amount=ten, reference="", paid_on=TODAY),),
        rounding=RoundingChoice(level="line"),
        purchase_order="",
        particulars=_particulars(),
        email_subject="",
        email_message="",
    )


def _particulars() -> Particulars:
    """Return the particulars that trade uses most."""
    return Particulars(
        ship_to=ShipTo(name="", address=Address(line1="", postal_code="", city="", country="DE")),
        delivery_date=TODAY,
        buyer_reference="",
        contract_reference="",
        project_reference="",
        sales_order="",
        accounting_reference="",
        reference="",
        payment_means=PaymentMeans(code="58"),
        custom_fields=(CustomField(name="", value=""),),
    )


def _draft(new: NewInvoice, account: Account, customer: Customer) -> Invoice:
    draft = draft_invoice(new, account, customer, new_id=lambda prefix: f"{prefix}_01a", now=NOW)
    return replace(draft, sequence=1)


def _viewed(draft: Invoice, account: Account) -> Invoice:
    issued = issue(
        draft,
        number="INV-2026-001",
        seller=account.as_seller("USD", "en"),
        buyer=draft.buyer,
        page_token="",
        now=NOW,
        exchange=Exchange(base="USD", rate=Decimal(1)),
        time_zone=account.time_zone,
    )
    return mark_viewed(issued, NOW) or issued


def _paid(invoice: Invoice, seller: Seller) -> PostedPayment:
    part = Allocation(invoice_id=invoice.id, invoice_number=invoice.number, amount=invoice.amount_due)
    payment = Payment(
        account=ACCOUNT,
        id="pay_01a",
        version=1,
        sequence=2,
        customer_id=CUSTOMER,
        invoice_id=invoice.id,
        currency="USD",
        amount=part.amount,
        method="credit_card",
        payment_date=TODAY,
        exchange=invoice.exchange,
        allocations=(part,),
        buyer=invoice.buyer,
        seller=seller,
        time_zone="UTC",
        locale="en",
        created_at=NOW,
        updated_at=NOW,
    )
    return post_payment(payment, [invoice], None, entry_id="ent_01a", now=NOW)


def _credited(invoice: Invoice) -> tuple[CreditNote, Invoice]:
    note = issue_credit_note(
        invoice,
        lines_to_credit(invoice, None),
        note_id="cn_01a",
        number="CN-2026-001",
        reason="",
        on=TODAY,
        now=NOW,
    )
    return note, credit(invoice, note.on_invoice(), with_credit(invoice, note.lines), NOW, taxes=parts_of(note))


def _delivery(invoice: Invoice) -> Delivery:
    return Delivery(
        account=ACCOUNT,
        id="dlv_01a",
        version=3,
        document_id=invoice.id,
        status=DeliveryStatus.SENT,
        recipient="",
        to=("",),
        hosted_url=f"{API_URL}/i/",
        message_id="",
        created_at=NOW,
        updated_at=NOW,
    )


def _answer(invoice: Invoice) -> IdempotencyRecord:
    """Return what is remembered of the answer to a new invoice."""
    links = invoice_links(invoice)
    data = invoice_output(invoice, API_URL, NOW)
    result = Result(status=201, data=data, links=links, version=1, location=links["self"])
    answer = json_response(result, [], API_URL, "req_01a", NOW)
    remembered = {"status": answer.status, "body": answer.body.decode(), "headers": answer.headers}
    return IdempotencyRecord(account=ACCOUNT, key="", request_hash="", answer=remembered, created_at=NOW)
