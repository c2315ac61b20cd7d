"""What goes back of a payment, in which order, and what an amount is allocated to."""

import re
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from invoicing.domain.errors import Conflict, RefundRefused
from invoicing.domain.payments.payment import (
    Allocation,
    Payment,
    PaymentStatus,
    Refund,
    RefundableCredit,
    RefundPlan,
    allocate,
    plan_refund,
    plan_reversal,
    refunded,
    reversed_payment,
)
from tests.builders import NOW, a_payment

LATER = NOW + timedelta(days=3)
AMOUNTS = st.integers(1, 10**6)


def a_split_payment() -> Payment:
    """60 of one invoice, then 30 of another, and 10 that became credit."""
    parts = (Allocation(invoice_id="inv_1", amount=6000), Allocation(invoice_id="inv_2", amount=3000))
    return a_payment(invoice_id=None, allocations=parts, to_credit=1000)


def unused(amount: int, **of_credit_notes: int) -> RefundableCredit:
    return RefundableCredit(unused=amount, of_credit_notes=of_credit_notes)


def refund(payment: Payment, amount: int | None, credit_left: int = 10**9) -> Payment:
    planned = plan_refund(payment, amount, unused(credit_left))
    number = len(payment.refunds) + 1
    return refunded(
        payment,
        planned,
        Refund(id=f"refund_{number}", amount=planned.amount, refund_date=LATER.date(), method="cash", created_at=LATER),
        LATER,
    )


@st.composite
def payments(draw: st.DrawFn) -> Payment:
    amounts = draw(st.lists(AMOUNTS, max_size=4))
    to_credit = draw(st.integers(0 if amounts else 1, 10**6))
    parts = tuple(Allocation(invoice_id=f"inv_{number}", amount=amount) for number, amount in enumerate(amounts))
    return a_payment(amount=sum(amounts) + to_credit, allocations=parts, to_credit=to_credit)


@pytest.mark.parametrize(
    ("amount", "expected"),
    [
        (400, RefundPlan(of_credit=400, of_invoices=())),
        (1000, RefundPlan(of_credit=1000, of_invoices=())),
        (1001, RefundPlan(of_credit=1000, of_invoices=(("inv_2", 1),))),
        (4001, RefundPlan(of_credit=1000, of_invoices=(("inv_2", 3000), ("inv_1", 1)))),
        (None, RefundPlan(of_credit=1000, of_invoices=(("inv_2", 3000), ("inv_1", 6000)))),
    ],
)
def test_credit_goes_back_first_then_the_invoice_that_was_paid_last(amount: int | None, expected: RefundPlan) -> None:
    assert plan_refund(a_split_payment(), amount, unused(1000)) == expected


@pytest.mark.parametrize(
    ("credit", "amount", "of_credit", "of_credit_notes", "of_invoices"),
    [
        (unused(9999, inv_1=6000), 7000, 1000, {"inv_1": 6000}, (("inv_1", 6000),)),
        (unused(9999, inv_1=500), 2000, 1000, {"inv_1": 500}, (("inv_2", 500), ("inv_1", 500))),
        (
            unused(9999, inv_1=500, inv_2=9000),
            4200,
            1000,
            {"inv_2": 3000, "inv_1": 200},
            (("inv_2", 3000), ("inv_1", 200)),
        ),
        (unused(1300, inv_1=6000), 2000, 1000, {"inv_1": 300}, (("inv_2", 700), ("inv_1", 300))),
        (unused(600, inv_1=6000), 2000, 600, {}, (("inv_2", 1400),)),
        (unused(9999, inv_3=6000), 2000, 1000, {}, (("inv_2", 1000),)),
    ],
)
def test_credit_of_credit_notes_goes_back_before_an_invoice_is_due_again(
    credit: RefundableCredit,
    amount: int,
    of_credit: int,
    of_credit_notes: dict[str, int],
    of_invoices: tuple[tuple[str, int], ...],
) -> None:
    planned = plan_refund(a_split_payment(), amount, credit)
    assert planned == RefundPlan(of_credit=of_credit, of_invoices=of_invoices, of_credit_notes=of_credit_notes)
    assert (planned.amount, planned.credit_taken) == (amount, of_credit + sum(of_credit_notes.values()))


@given(payments(), st.integers(0, 10**6), st.lists(AMOUNTS, min_size=4, max_size=4), AMOUNTS)
def test_no_plan_takes_more_credit_than_there_is(
    payment: Payment, credit_left: int, noted: list[int], amount: int
) -> None:
    of_notes = {f"inv_{number}": each for number, each in enumerate(noted)}
    credit = unused(credit_left, **of_notes)
    try:
        planned = plan_refund(payment, amount, credit)
    except RefundRefused:
        return
    parts = dict(planned.of_invoices)
    assert planned.amount == amount
    assert planned.credit_taken <= credit_left
    assert all(0 < part <= min(parts[invoice], of_notes[invoice]) for invoice, part in planned.of_credit_notes.items())
    assert all(
        part <= allocation.left for allocation in payment.allocations for part in [parts.get(allocation.invoice_id, 0)]
    )
    due_again = sum(parts.values()) - sum(planned.of_credit_notes.values())
    could_cover = sum(min(part.left, of_notes[part.invoice_id]) for part in payment.allocations)
    covered = sum(planned.of_credit_notes.values())
    assert not due_again or covered == min(could_cover, credit_left - planned.of_credit), "only what no credit covers"


def test_credit_that_was_used_cannot_go_back() -> None:
    payment = a_split_payment()
    assert plan_refund(payment, None, unused(200)) == RefundPlan(
        of_credit=200, of_invoices=(("inv_2", 3000), ("inv_1", 6000))
    )
    with pytest.raises(RefundRefused, match=r"At most 92\.00 USD .* customer has used the rest as credit") as refused:
        plan_refund(payment, 9201, unused(200))
    assert refused.value.code == "refund_amount_exceeded"
    after = refund(payment, None, credit_left=200)
    assert (after.status, after.left) == (PaymentStatus.PARTIALLY_REFUNDED, 800)
    with pytest.raises(RefundRefused, match=r"At most 0\.00"):
        refund(after, None, credit_left=0)


def test_more_than_is_left_is_refused_and_says_what_is() -> None:
    after = refund(a_payment(), 9999)
    with pytest.raises(RefundRefused, match=r"At most 0\.01 USD") as refused:
        refund(after, 2)
    (detail,) = refused.value.details
    assert (refused.value.code, detail.field, detail.code) == (
        "refund_amount_exceeded", "amount", "refund_amount_exceeded",
    )  # fmt: skip
    assert str(detail.value) == "0.02"


@pytest.mark.parametrize("amount", [None, 1])
def test_what_was_refunded_or_reversed_cannot_be_refunded_again(amount: int | None) -> None:
    payment = a_payment()
    for gone in (
        refund(payment, None),
        reversed_payment(payment, plan_reversal(payment, unused(0)), "Bounced", LATER.date(), LATER),
    ):
        with pytest.raises(RefundRefused) as refused:
            refund(gone, amount)
        assert refused.value.code == "already_refunded"
        with pytest.raises(Conflict) as conflict:
            plan_reversal(gone, unused(0))
        assert (conflict.value.code, conflict.value.extra) == ("INVALID_PAYMENT_STATE", {"status": str(gone.status)})


def test_a_payment_whose_credit_was_used_is_not_reversed() -> None:
    with pytest.raises(Conflict, match="customer has used credit from this payment"):
        plan_reversal(a_split_payment(), unused(999))
    assert plan_reversal(a_split_payment(), unused(1000)).amount == 10000


def test_refunds_stay_and_the_rest_can_be_reversed() -> None:
    payment = refund(refund(a_split_payment(), 1500), 500)
    assert (payment.status, payment.refunded_amount, payment.left) == (PaymentStatus.PARTIALLY_REFUNDED, 2000, 8000)
    after = reversed_payment(payment, plan_reversal(payment, unused(0)), "The check bounced", LATER.date(), LATER)
    assert (after.status, after.reversed_at, after.reversal_reason) == (
        PaymentStatus.REVERSED, LATER, "The check bounced",
    )  # fmt: skip
    assert (after.left, after.refunded_amount, after.version) == (0, 2000, 4)
    assert [part.left for part in after.allocations] == [0, 0]


@given(payments(), st.data())
def test_whatever_is_refunded_in_which_steps_all_adds_up(payment: Payment, data: st.DataObject) -> None:
    while payment.left:
        left = payment.left
        amount = data.draw(st.none() | st.integers(1, left))
        planned = plan_refund(payment, amount, unused(10**9))
        assert planned.amount == (left if amount is None else amount)
        assert all(part > 0 for _, part in planned.of_invoices)
        payment = refund(payment, amount)
        assert payment.left == left - planned.amount
        returned = [part.returned for part in payment.allocations]
        assert all(0 <= part.returned <= part.amount for part in payment.allocations)
        assert 0 <= payment.credit_returned <= payment.to_credit
        assert not sum(returned) or payment.credit_returned == payment.to_credit, "credit goes back first"
        assert payment.refunded_amount == sum(returned) + payment.credit_returned == payment.amount - payment.left
    assert payment.status is PaymentStatus.REFUNDED


@given(payments(), st.integers(0, 10**6), st.none() | AMOUNTS)
def test_never_more_goes_back_than_is_there(payment: Payment, credit_left: int, amount: int | None) -> None:
    most = payment.amount - max(0, payment.to_credit - credit_left)
    possible = most > 0 if amount is None else amount <= most
    if not possible:
        with pytest.raises(RefundRefused):
            plan_refund(payment, amount, unused(credit_left))
        return
    planned = plan_refund(payment, amount, unused(credit_left))
    assert planned.amount == (most if amount is None else amount)
    assert planned.of_credit <= min(credit_left, payment.to_credit)


@given(st.integers(0, 10**6), st.lists(st.integers(0, 10**5), max_size=6))
def test_an_amount_is_allocated_in_order_and_nothing_is_lost(amount: int, dues: list[int]) -> None:
    owed = [(f"inv_{number}", due) for number, due in enumerate(dues)]
    parts = allocate(amount, owed)
    assert sum(part for _, part in parts) == min(amount, sum(dues))
    assert all(0 < part <= dict(owed)[invoice_id] for invoice_id, part in parts)
    full = [(invoice_id, due) for invoice_id, due in owed if due]
    assert list(parts[:-1]) == full[: len(parts) - 1] if parts else True


@given(st.sets(st.uuids(version=4), min_size=50, max_size=50))
def test_the_number_of_a_receipt_follows_from_date_and_id_alone(ids: set[UUID]) -> None:
    payments = [replace(a_payment(), id=f"pay_{each.hex}", payment_date=date(2026, 11, 3)) for each in ids]
    numbers = [payment.receipt_number for payment in payments]
    assert all(re.fullmatch("R261103-[0-9A-HJKMNP-TV-Z]{10}", number) for number in numbers)
    assert len(set(numbers)) == len(payments)
    changed = [replace(payment, version=2, refunds=(), status=PaymentStatus.REVERSED) for payment in payments]
    assert [payment.receipt_number for payment in changed] == numbers
