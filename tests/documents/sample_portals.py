"""Portals with documents in every state, of the length and language that a test needs."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from invoicing.domain.credit_notes.credit_note import CreditNote
from invoicing.domain.invoices.invoice import Invoice, InvoiceCreditNote, InvoicePayment, Status
from invoicing.domain.ledger.statement import Balance
from invoicing.domain.payments.payment import Payment, PaymentStatus, Refund
from invoicing.domain.portal.available_credit import available_of
from invoicing.operations.lists.query import ListPage
from invoicing.operations.pages.view_portal import Portal
from invoicing_documents.page.portal_page import render_portal_page
from tests.builders import NOW, a_credit_note, a_customer, a_payment, an_account, an_issued_invoice

TODAY = NOW.date()
PORTAL_URL = "https://api.example.com/v1/invoicing/c/token"


def page_of[D](*items: D, **more: Any) -> ListPage[D]:
    return ListPage(items=items, page=1, total=len(items), has_next=False, has_previous=False, **more)


def an_invoice_of(number: int, **overrides: Any) -> Invoice:
    named = {"id": f"inv_{number:03}", "number": f"INV-2026-{number:03}"}
    return replace(an_issued_invoice(), **named | overrides)


def in_every_state() -> tuple[Invoice, ...]:
    """Open, overdue, partly paid, paid, written off to nothing, and cancelled."""
    total = an_issued_invoice().total
    return (
        an_invoice_of(6, due_date=TODAY + timedelta(days=30)),
        an_invoice_of(5, due_date=TODAY - timedelta(days=3), status=Status.OVERDUE),
        an_invoice_of(4, due_date=TODAY + timedelta(days=3), status=Status.PARTIALLY_PAID, amount_paid=total // 2),
        an_invoice_of(3, status=Status.PAID, amount_paid=total),
        an_invoice_of(2, status=Status.PAID, amount_written_off=total),
        an_invoice_of(1, status=Status.CANCELLED),
    )


def notes() -> tuple[CreditNote, ...]:
    return (
        a_credit_note(id="cn_2", number="CN-2026-002", credited_to_customer=5000),
        a_credit_note(id="cn_1", number="CN-2026-001", voided_at=NOW),
    )


def payments() -> tuple[Payment, ...]:
    """Paid, partly refunded, and reversed."""
    back = Refund(id="refund_1", amount=2500, refund_date=TODAY, method="cash", created_at=NOW)
    return (
        a_payment(id="pay_3"),
        a_payment(id="pay_2", method="credit_card", refunds=(back,), status=PaymentStatus.PARTIALLY_REFUNDED),
        a_payment(id="pay_1", status=PaymentStatus.REVERSED),
    )


def settled() -> Invoice:
    """An invoice with payments of it alone, of others too and reversed, and with credit notes."""
    paid: dict[str, Any] = {"amount": 10000, "method": "bank_transfer", "payment_date": TODAY, "created_at": NOW}
    noted: dict[str, Any] = {"issue_date": TODAY, "total": 5000, "applied_to_invoice": 5000}
    return an_invoice_of(
        7,
        status=Status.PARTIALLY_PAID,
        amount_paid=20000,
        payments=(
            InvoicePayment(payment_id="pay_1", alone=True, returned=2500, **paid),
            InvoicePayment(payment_id="pay_2", **paid),
            InvoicePayment(payment_id="pay_3", alone=True, reversal_date=TODAY, **paid),
        ),
        credit_notes=(
            InvoiceCreditNote(credit_note_id="cn_1", number="CN-2026-001", **noted),
            InvoiceCreditNote(credit_note_id="cn_2", number="CN-2026-002", voided_at=NOW, **noted),
        ),
    )


def a_portal(**overrides: Any) -> Portal:
    invoices = in_every_state()
    balances = (
        Balance(currency="EUR", amount_due=125000, overdue=0, credit=0, open_invoices=1),
        Balance(currency="USD", amount_due=370000, overdue=150000, credit=5000, open_invoices=3),
    )
    portal = Portal(
        customer=a_customer(),
        account=an_account(),
        on=TODAY,
        balances=balances,
        open_invoices=invoices[:3],
        has_more_open=False,
        invoices=page_of(*invoices),
        credit_notes=page_of(*notes()),
        payments=page_of(*payments()),
        available=available_of(notes(), balances),
    )
    return replace(portal, **overrides)


def rendered(portal: Portal | None = None, **more: Any) -> str:
    return render_portal_page(portal or a_portal(), own_url=PORTAL_URL, **more)
