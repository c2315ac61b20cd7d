"""Invoices of which something is due again after they were paid or written off."""

from typing import Any

import pytest

from invoicing.operations.invoices.undo_write_off import undo_write_off
from invoicing.operations.invoices.write_off_invoice import write_off_invoice
from invoicing.operations.payments.reverse_payment import reverse_payment
from tests.books import ledger_of, pay
from tests.operations.reminders.reminding import Business


def reverse(business: Business, invoice: str) -> None:
    (part,) = business.invoice(invoice).payments
    ledger = ledger_of(business.office)
    business.office.run_use_case(lambda uow: reverse_payment(uow, part.payment_id, "Bounced", ledger))


def pay_in_full(business: Business, invoice: str) -> None:
    pay(business.office, business.invoice(invoice), "100")


def write_off(business: Business, invoice: str) -> None:
    business.office.run_use_case(lambda uow: write_off_invoice(uow, invoice, None))


def undo(business: Business, invoice: str) -> None:
    business.office.run_use_case(lambda uow: undo_write_off(uow, invoice))


@pytest.mark.parametrize(("close", "reopen"), [(pay_in_full, reverse), (write_off, undo)])
def test_when_something_is_due_again_the_coming_steps_count(close: Any, reopen: Any) -> None:
    business = Business()
    business.put(0, 7, 14)
    invoice = business.issue("2027-03-01")
    business.advance("2027-03-02 12:00")
    close(business, invoice)
    business.advance("2027-03-10 12:00")
    reopen(business, invoice)
    business.advance("2027-03-10 13:00")
    assert business.listed(invoice) == ({0: "sent", 7: "paid"}, [(14, "03-15 09:00")])
    business.advance("2027-04-01 12:00")
    assert business.outcomes(invoice) == {0: "sent", 7: "paid", 14: "sent"}
