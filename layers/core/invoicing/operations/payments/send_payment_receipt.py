"""Send the receipt of a payment to its customer by e-mail."""

from invoicing.domain.invoices.lifecycle import require_version
from invoicing.domain.parties.account import Account
from invoicing.domain.payments.payment import Payment, require_not_reversed
from invoicing.operations.account._own_account import PROFILE
from invoicing.operations.documents.order_email import EmailRequest
from invoicing.operations.payments._receipts import email_receipt
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


def send_payment_receipt(
    uow: UnitOfWork, payment_id: str, email: EmailRequest, *, if_version: int | None = None
) -> Payment:
    """Request the e-mail of a receipt, each time again.

    `NotFound`; `Conflict` ``INVALID_PAYMENT_STATE`` when the payment is reversed; `PreconditionFailed`;
    `ValidationFailed` as `order_email`.
    """
    uow.prefetch((Payment, payment_id), (Account, PROFILE))
    payment = uow.get(Payment, payment_id)
    require_version(payment, if_version)
    require_not_reversed(payment)
    email_receipt(uow, payment, email)
    return payment
