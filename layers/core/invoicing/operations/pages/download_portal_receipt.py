"""Show the receipt of a payment to its customer in the portal."""

from invoicing.domain.errors import not_found
from invoicing.domain.payments.payment import Payment, PaymentStatus
from invoicing.operations.pages._opening import open_portal
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


def download_portal_receipt(uow: UnitOfWork, token: str, payment_id: str) -> Payment:
    """Return a payment of the customer; `NotFound` as `open_portal`, and for any other payment and a reversed one."""
    opened = open_portal(uow, token)
    payment = opened.uow.find(Payment, payment_id)
    if payment is None or payment.customer_id != opened.customer.id or payment.status is PaymentStatus.REVERSED:
        raise not_found("Payment", payment_id)
    return payment
