"""Which shares of a payment its invoices can take."""

import pytest

from invoicing.domain.errors import ValidationFailed
from invoicing.domain.invoices.invoice import Invoice, Status
from invoicing.domain.payments.allocation import (
    AllocationRequest,
    check_allocations,
    check_once,
    check_rest,
    too_many_invoices,
)
from tests.builders import an_invoice, an_issued_invoice

DUE = 183600


def wrong(share: int, invoice: Invoice | None, amount: int = DUE) -> list[tuple[str, str]]:
    """What is wrong with the second of two shares, of which the first pays 1 of another invoice."""
    shares = (AllocationRequest(invoice_id="inv_0", amount=1), AllocationRequest(invoice_id="inv_1", amount=share))
    try:
        check_allocations(shares, (an_issued_invoice(id="inv_0"), invoice), "cust_123", "USD", amount + 1)
    except ValidationFailed as refused:
        return [(detail.field, detail.code) for detail in refused.details]
    return []


def test_what_is_due_can_be_paid() -> None:
    assert wrong(DUE, an_issued_invoice()) == wrong(1, an_issued_invoice(status=Status.OVERDUE)) == []


@pytest.mark.parametrize(
    ("share", "invoice", "field", "code"),
    [
        (1, None, "allocations[1].invoice_id", "INVOICE_NOT_FOUND"),
        (1, an_invoice(), "allocations[1].invoice_id", "INVALID_INVOICE_STATE"),
        (1, an_issued_invoice(status=Status.CANCELLED), "allocations[1].invoice_id", "INVALID_INVOICE_STATE"),
        (1, an_issued_invoice(currency="EUR"), "allocations[1].invoice_id", "CURRENCY_MISMATCH"),
        (DUE + 1, an_issued_invoice(), "allocations[1].amount", "AMOUNT_EXCEEDS_DUE"),
        (1, an_issued_invoice(status=Status.PAID, amount_paid=DUE), "allocations[1].amount", "AMOUNT_EXCEEDS_DUE"),
    ],
)
def test_what_cannot_be_paid_is_named(share: int, invoice: Invoice | None, field: str, code: str) -> None:
    assert wrong(share, invoice) == [(field, code)]


def test_shares_are_at_most_the_payment() -> None:
    assert wrong(DUE, an_issued_invoice(), amount=DUE - 1) == [("allocations", "ALLOCATIONS_EXCEED_AMOUNT")]


def test_each_invoice_is_named_once() -> None:
    check_once(["inv_1", "inv_2"])
    with pytest.raises(ValidationFailed) as refused:
        check_once(["inv_1", "inv_2", "inv_1", "inv_1"])
    assert [detail.field for detail in refused.value.details] == [
        "allocations[2].invoice_id", "allocations[3].invoice_id",
    ]  # fmt: skip


def test_a_rest_says_what_was_given_and_what_it_would_pay() -> None:
    check_rest(100, 100, "JPY")
    with pytest.raises(ValidationFailed, match="amount exceeds the 100 JPY due"):
        check_rest(101, 100, "JPY")
    assert too_many_invoices().code == "TOO_MANY_INVOICES"
