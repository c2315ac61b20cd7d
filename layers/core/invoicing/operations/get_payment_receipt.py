"""The receipt of a payment: rendered once, whatever becomes of the payment."""

from collections.abc import Callable

from invoicing.domain.payment import Payment
from invoicing.operations.get_payment import get_payment
from invoicing.operations.pdfs import StoredPdf, made_once
from invoicing.operations.ports import Documents
from invoicing.operations.work import Work

RenderReceipt = Callable[[Payment], bytes]
"""Makes the PDF of what was paid; a refund or a reversal does not change it."""


def get_payment_receipt(work: Work, payment_id: str, documents: Documents, render: RenderReceipt) -> StoredPdf:
    """The receipt, made by whoever asks first and the same bytes ever after. `NotFound` ``PAYMENT_NOT_FOUND``."""
    payment = get_payment(work, payment_id)
    name = f"receipts/{payment.account}/{payment.id}.pdf"
    return made_once(documents, name, f"receipt-{payment.id}", lambda: render(payment))
