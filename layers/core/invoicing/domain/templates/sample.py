"""The documents that templates are shown with where no other is named."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from invoicing.domain.credit_notes.credit_note import CreditNote, issue_credit_note
from invoicing.domain.credit_notes.crediting import lines_to_credit
from invoicing.domain.credit_notes.measures import CreditItem
from invoicing.domain.invoices.drafting import NewInvoice, draft_invoice
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.invoices.lifecycle import issue
from invoicing.domain.invoices.lines import NewLine
from invoicing.domain.ledger.entry import LedgerEntry, Movement
from invoicing.domain.ledger.open_items import open_item_change
from invoicing.domain.money.discounts import Discount
from invoicing.domain.money.exchange import Exchange
from invoicing.domain.money.tax import ONE
from invoicing.domain.parties.account import Account, Seller
from invoicing.domain.parties.customer import Customer
from invoicing.domain.parties.details import Address
from invoicing.domain.payments.payment import Allocation, Payment
from invoicing.domain.templates.template import TemplateRef

_RATE = Decimal("0.2")
_LINES = (
    NewLine(description="Consulting", quantity=Decimal(10), unit="h", unit_price=Decimal(150), sku="CONS-1"),
    NewLine(
        description="Licence for one year",
        quantity=ONE,
        unit_price=Decimal(480),
        discount=Discount(type="percentage", value=Decimal(10)),
    ),
    NewLine(description="Travel expenses", quantity=ONE, unit_price=Decimal(86)),
)


def sample_invoice(account: Account, now: datetime, template: TemplateRef | None = None) -> Invoice:
    """Return an invoice of the account that was just issued, to a customer that there is not; nothing is stored."""
    customer = Customer(
        account=account.account,
        id="cust_sample",
        version=1,
        name="Sample Customer Ltd",
        email="customer@example.com",
        address=Address(line1="221 Sample Street", city="Sampletown", postal_code="12345", country="GB"),
        created_at=now,
        updated_at=now,
    )
    new = NewInvoice(
        customer_id=customer.id,
        lines=_LINES,
        currency=account.currency,
        tax_rate=None if account.small_business else _RATE,
        notes="Thank you for your business.",
        purchase_order="PO-2049",
    )
    draft = draft_invoice(new, account, customer, new_id=lambda prefix: f"{prefix}_sample", now=now)
    return issue(
        draft,
        number="SAMPLE-001",
        seller=account.as_seller(draft.currency, draft.locale, template),
        buyer=customer.as_buyer(),
        page_token="sample",  # noqa: S106 - no page has it
        now=now,
        exchange=Exchange(base=account.currency, rate=ONE),
        time_zone=account.time_zone,
        template=template,
    )


def sample_credit_note(invoice: Invoice, account: Account, now: datetime) -> CreditNote:
    """Return a credit note of the first item of an invoice."""
    return issue_credit_note(
        invoice,
        lines_to_credit(invoice, (CreditItem(invoice.lines[0].id, ONE),)),
        note_id="cn_sample",
        number="SAMPLE-CN-001",
        reason="Returned",
        on=invoice.issue_date,
        now=now,
        account=account,
    )


def sample_payment(invoice: Invoice, seller: Seller, now: datetime) -> Payment:
    """Return a payment of half of what an invoice asks for."""
    part = Allocation(invoice_id=invoice.id, invoice_number=invoice.number, amount=invoice.amount_payable // 2)
    return Payment(
        account=invoice.account,
        id="pay_sample",
        version=1,
        customer_id=invoice.buyer.id,
        currency=invoice.currency,
        amount=part.amount,
        method="bank_transfer",
        payment_date=invoice.issue_date,
        reference="SAMPLE-TRANSFER",
        allocations=(part,),
        buyer=invoice.buyer,
        seller=seller,
        template=invoice.template,
        time_zone=invoice.time_zone,
        locale=invoice.locale,
        created_at=now,
        updated_at=now,
    )


def sample_movements(invoice: Invoice, payment: Payment) -> tuple[LedgerEntry, LedgerEntry]:
    """Return the ledger entries of an invoice and of a payment of it."""
    about: dict[str, Any] = {
        "account": invoice.account,
        "customer_id": invoice.buyer.id,
        "currency": invoice.currency,
        "date": invoice.issue_date,
    }
    due, left = invoice.amount_payable, invoice.amount_payable - payment.amount
    return (
        LedgerEntry(
            **about,
            id="ent_sample_1",
            movement=Movement.INVOICE,
            amount=due,
            document=invoice.number,
            open_items=open_item_change(invoice, 0, due, invoice.issue_date),
            created_at=payment.created_at,
        ),
        LedgerEntry(
            **about,
            id="ent_sample_2",
            movement=Movement.PAYMENT,
            amount=-payment.amount,
            document=payment.reference,
            open_items=open_item_change(invoice, due, left, invoice.issue_date),
            created_at=payment.created_at,
        ),
    )
