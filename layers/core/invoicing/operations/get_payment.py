"""Read a payment."""

from invoicing.domain.errors import not_found
from invoicing.domain.payment import Payment
from invoicing.operations.changes import Ref
from invoicing.operations.work import Work


def get_payment(work: Work, payment_id: str) -> Payment:
    """The payment; `NotFound` ``PAYMENT_NOT_FOUND``."""
    payment = work.store.find(Ref(Payment, work.account, payment_id))
    if payment is None:
        raise not_found("payment", payment_id)
    return payment
