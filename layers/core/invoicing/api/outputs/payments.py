"""Payments in responses."""

from typing import TYPE_CHECKING, Literal, NotRequired, TypedDict

from invoicing.api.envelope import timestamp
from invoicing.api.outputs.bulk import ResultOutput
from invoicing.api.outputs.exchange import ExchangeOutput, exchange_output
from invoicing.api.outputs.invoice_payments import RefundPartOutput, refund_part_output
from invoicing.domain.money.amounts import written
from invoicing.exact_json import Number, number

if TYPE_CHECKING:
    from invoicing.domain.payments.payment import Payment, Refund


class AllocationOutput(TypedDict):
    """The amount that a payment paid of an invoice; ``returned`` of it was refunded or reversed.

    ``still_due`` is what was due on the invoice after it, as the receipt says.
    """

    invoice_id: str
    amount: Number
    still_due: Number | None
    returned: Number
    refunds: list[RefundPartOutput]


class PaymentOutput(ExchangeOutput):
    """A payment; ``amount`` is the sum of the allocations and ``credited_amount``, which became customer credit."""

    id: str
    receipt_number: str
    invoice_id: str | None
    customer_id: str
    currency: str
    amount: Number
    payment_method: str
    payment_date: str
    reference: str | None
    notes: str | None
    status: str
    refunded_amount: Number
    credited_amount: Number
    discount_credit_note_id: str | None
    allocations: list[AllocationOutput]
    created_at: str
    updated_at: str
    reversed_at: str | None
    reversal_date: str | None
    reversal_reason: str | None


class PaymentResultOutput(ResultOutput):
    """What came of a payment; ``data`` is the payment if it was recorded."""

    data: NotRequired[PaymentOutput]


class PaymentResultsOutput(TypedDict):
    """One result for each payment, in the order in which they were sent."""

    results: list[PaymentResultOutput]


class RefundedInvoiceOutput(TypedDict):
    """The part of a refund that one invoice has."""

    invoice_id: str
    amount: Number


class RefundOutput(ExchangeOutput):
    """A refund, recorded when it was made; ``amount`` is the sum of ``allocations`` and ``credit_amount``.

    ``credit_amount`` was unused credit that the payment gave. The exchange rate is the payment's unless it was given.
    """

    id: str
    payment_id: str
    amount: Number
    credit_amount: Number
    allocations: list[RefundedInvoiceOutput]
    currency: str
    refund_date: str
    refund_method: str
    reason: str | None
    status: Literal["completed"]
    created_at: str


def payment_output(payment: "Payment") -> PaymentOutput:
    """Return a payment as responses show it."""

    def money(minor: int) -> Number:
        return number(written(minor, payment.currency))

    return PaymentOutput(
        id=payment.id,
        receipt_number=payment.receipt_number,
        invoice_id=payment.invoice_id,
        customer_id=payment.customer_id,
        currency=payment.currency,
        amount=money(payment.amount),
        payment_method=payment.method,
        payment_date=payment.payment_date.isoformat(),
        reference=payment.reference,
        notes=payment.notes,
        status=payment.status,
        refunded_amount=money(payment.refunded_amount),
        credited_amount=money(payment.to_credit),
        discount_credit_note_id=payment.discount_note_id,
        allocations=[
            AllocationOutput(
                invoice_id=part.invoice_id,
                amount=money(part.amount),
                still_due=None if part.still_due is None else money(part.still_due),
                returned=money(part.returned),
                refunds=_refunds_of(payment, part.invoice_id),
            )
            for part in payment.allocations
        ],
        created_at=timestamp(payment.created_at),
        updated_at=timestamp(payment.updated_at),
        reversed_at=timestamp(payment.reversed_at) if payment.reversed_at else None,
        reversal_date=payment.reversal_date.isoformat() if payment.reversal_date else None,
        reversal_reason=payment.reversal_reason,
        **exchange_output(payment.exchange),
    )


def payment_links(payment: "Payment") -> dict[str, str | None]:
    """Return the links of a payment: related resources and actions that are possible now."""
    own = f"/payments/{payment.id}"
    return {
        "self": own,
        "customer": f"/customers/{payment.customer_id}",
        "invoice": f"/invoices/{payment.invoice_id}" if payment.invoice_id else None,
        "receipt": f"{own}/receipt",
        "send_receipt": f"{own}/receipt/send" if payment.status != "reversed" else None,
        "refunds": f"{own}/refunds",
        "refund": f"{own}/refund" if payment.left else None,
        "reverse": f"{own}/reverse" if payment.left else None,
    }


def _refunds_of(payment: "Payment", invoice_id: str) -> list[RefundPartOutput]:
    return [
        refund_part_output(refund.id, amount, refund.refund_date, refund.method, payment.currency)
        for refund in payment.refunds
        for part_of, amount in refund.of_invoices
        if part_of == invoice_id
    ]


def refund_output(payment: "Payment", refund: "Refund") -> RefundOutput:
    """Return a refund as responses show it."""

    def money(minor: int) -> Number:
        return number(written(minor, payment.currency))

    return RefundOutput(
        id=refund.id,
        payment_id=payment.id,
        amount=money(refund.amount),
        credit_amount=money(refund.of_credit),
        allocations=[
            RefundedInvoiceOutput(invoice_id=invoice_id, amount=money(amount))
            for invoice_id, amount in refund.of_invoices
        ],
        currency=payment.currency,
        refund_date=refund.refund_date.isoformat(),
        refund_method=refund.method,
        reason=refund.reason,
        status="completed",
        created_at=timestamp(refund.created_at),
        **exchange_output(refund.exchange or payment.exchange),
    )


def refund_links(payment: "Payment") -> dict[str, str | None]:
    """Return the links of a refund, and the actions that its payment allows now."""
    own = f"/payments/{payment.id}"
    return payment_links(payment) | {"self": f"{own}/refunds", "payment": own}
