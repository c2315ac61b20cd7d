"""List what was refunded of a payment."""

from invoicing.domain.payment import Payment
from invoicing.operations.get_payment import get_payment
from invoicing.operations.work import Work


def list_refunds(work: Work, payment_id: str) -> Payment:
    """The payment, which has its refunds, the oldest first; `NotFound` ``PAYMENT_NOT_FOUND``."""
    return get_payment(work, payment_id)
