"""Payments, credit notes and credit: money that comes, goes back, and is used."""

from tests.simulation.client import FIRST_CUSTOMER, Clerk


def record_invoice_payment(clerk: Clerk) -> None:
    if invoice := clerk.any_known("invoice"):
        key = clerk.new_key()
        body = _payment(clerk, key)
        clerk.create("payment", "payments/record_invoice_payment", body, key=key, invoice_id=invoice)


def record_payment(clerk: Clerk) -> None:
    key = clerk.new_key()
    body = {"customer_id": FIRST_CUSTOMER} | _payment(clerk, key)
    clerk.create("payment", "payments/record_payment", body, key=key)


def refund_payment(clerk: Clerk) -> None:
    if payment := clerk.any_known("payment"):
        clerk.send("payments/refund_payment", {"amount": clerk.random.randint(1, 120)}, payment_id=payment)


def reverse_payment(clerk: Clerk) -> None:
    if payment := clerk.any_known("payment"):
        clerk.send("payments/reverse_payment", {"reason": "Bounced"}, payment_id=payment)


def send_payment_receipt(clerk: Clerk) -> None:
    if payment := clerk.any_known("payment"):
        clerk.send("payments/send_payment_receipt", {}, payment_id=payment)


def apply_credit(clerk: Clerk) -> None:
    if invoice := clerk.any_known("invoice"):
        clerk.send("payments/apply_credit", {}, invoice_id=invoice)


def pay_out_credit(clerk: Clerk) -> None:
    body = {"amount": clerk.random.randint(1, 120), "method": "cash"}
    clerk.send("payments/pay_out_credit", body, customer_id=FIRST_CUSTOMER)


def create_credit_note(clerk: Clerk) -> None:
    if invoice := clerk.any_known("invoice"):
        key = clerk.new_key()
        body = {"reason": key, "send_email": clerk.random.random() < 0.5}
        clerk.create("credit note", "credit_notes/create_credit_note", body, key=key, invoice_id=invoice)


def send_credit_note(clerk: Clerk) -> None:
    if note := clerk.any_known("credit note"):
        clerk.send("credit_notes/send_credit_note", {}, credit_note_id=note)


def void_credit_note(clerk: Clerk) -> None:
    if note := clerk.any_known("credit note"):
        clerk.send("credit_notes/void_credit_note", {"reason": "Typed wrong"}, credit_note_id=note)


def _payment(clerk: Clerk, key: str) -> dict[str, object]:
    amount = clerk.random.choice((120, 120, 60, 500))
    return {
        "amount": amount,
        "reference": key,
        "allow_overpayment": clerk.random.random() < 0.5,
        "send_receipt": clerk.random.random() < 0.3,
    }


STEPS = (
    *(record_invoice_payment,) * 4,
    *(record_payment,) * 2,
    refund_payment,
    reverse_payment,
    send_payment_receipt,
    apply_credit,
    pay_out_credit,
    create_credit_note,
    send_credit_note,
    void_credit_note,
)
