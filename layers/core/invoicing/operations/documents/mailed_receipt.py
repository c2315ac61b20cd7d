"""A receipt as it is sent: with what its PDF, which never changes, must not depend on."""

from collections.abc import Callable, Sequence
from functools import partial

from invoicing.dataclass import dataclass
from invoicing.domain.deliveries.delivery import Delivery
from invoicing.domain.errors import NotFound
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.invoices.page_link import has_expired_link
from invoicing.domain.parties.logo import Image
from invoicing.domain.payments.payment import Payment
from invoicing.operations.customers.get_customer_balance import get_customer_balance
from invoicing.operations.documents.document_type import DocumentType, Render, SendableDocument
from invoicing.operations.documents.receipt import RECEIPT
from invoicing.operations.documents.seller_logo import logo_of
from invoicing.operations.unit_of_work.ports import Ledger, ObjectStore
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class MailedReceipt:
    """A payment, the ``invoice`` with a page that it paid alone, and the customer's ``balance`` in its currency now.

    The balance is in minor units, None where the customer is removed.
    """

    payment: Payment
    invoice: Invoice | None = None
    balance: int | None = None


def read_receipt(uow: UnitOfWork, payment: Payment, *, ledger: Ledger) -> MailedReceipt:
    """Read what the e-mail says beside the receipt; four requests, three for a payment of several invoices."""
    invoice = uow.find(Invoice, payment.invoice_id) if payment.invoice_id else None
    has_page = invoice is not None and invoice.page_token is not None and not has_expired_link(invoice, uow.real_now)
    return MailedReceipt(payment=payment, invoice=invoice if has_page else None, balance=_balance(uow, payment, ledger))


def with_its_receipt(
    ledger: Ledger,
    render: Render[Payment],
    compose: Callable[[MailedReceipt, Delivery, bytes, Image | None], bytes],
) -> SendableDocument[MailedReceipt]:
    """Return receipts as they are sent, each with its PDF, which ``compose`` gets with the logo."""

    def composed(mailed: MailedReceipt, delivery: Delivery, objects: ObjectStore) -> bytes:
        pdf = RECEIPT.pdf_of(mailed.payment, objects, render).content
        return compose(mailed, delivery, pdf, logo_of(mailed.payment, lambda: objects))

    document: DocumentType[MailedReceipt] = DocumentType(
        name=RECEIPT.name,
        kind=Payment,
        read=partial(read_receipt, ledger=ledger),
        parts=_parts,
        refusal=lambda mailed: RECEIPT.refusal(mailed.payment),
        email_events=RECEIPT.email_events,
    )
    return SendableDocument(type=document, compose=composed)


def _parts(mailed: MailedReceipt) -> Sequence[Payment | Invoice]:
    return (mailed.payment, mailed.invoice) if mailed.invoice else (mailed.payment,)


def _balance(uow: UnitOfWork, payment: Payment, ledger: Ledger) -> int | None:
    try:
        found = get_customer_balance(uow, payment.customer_id, ledger).balances
    except NotFound:
        return None
    return next((each.balance for each in found if each.currency == payment.currency), 0)
