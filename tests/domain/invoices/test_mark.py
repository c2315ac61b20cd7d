"""The mark of an invoice says what became of it, in one word or not at all."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from invoicing.domain.invoices.invoice import Status
from invoicing.domain.invoices.mark import Mark, mark_of
from tests.builders import an_issued_invoice

ISSUED = an_issued_invoice()
LATER = ISSUED.due_date + timedelta(days=1)


def test_an_open_invoice_has_none_until_it_is_overdue() -> None:
    assert mark_of(ISSUED, ISSUED.due_date) is None
    assert mark_of(ISSUED, LATER) == "overdue"


@pytest.mark.parametrize(
    ("status", "changes", "mark"),
    [
        (Status.CANCELLED, {}, "cancelled"),
        (Status.PAID, {"amount_paid": ISSUED.total}, "paid"),
        (Status.PAID, {"amount_credited": ISSUED.total, "applied_to_invoice": ISSUED.total}, "credited"),
        (Status.PAID, {"amount_credited": ISSUED.total, "amount_paid": ISSUED.total}, "credited"),
        (Status.PAID, {"amount_paid": 1, "amount_credited": 1, "applied_to_invoice": ISSUED.total - 1}, "paid"),
        (Status.PAID, {"amount_written_off": ISSUED.total}, None),
        (Status.PARTIALLY_PAID, {"amount_paid": 1}, "overdue"),
    ],
)
def test_what_happened_decides(status: Status, changes: dict[str, Any], mark: Mark | None) -> None:
    assert mark_of(replace(ISSUED, status=status, **changes), LATER) == mark


def test_an_invoice_of_nothing_is_paid_and_not_credited() -> None:
    nothing = replace(ISSUED, status=Status.PAID, subtotal=0, tax=0, total=0)
    assert mark_of(nothing, LATER) == "paid"
