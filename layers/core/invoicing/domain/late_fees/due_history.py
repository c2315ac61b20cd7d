"""The due history of an invoice: how much of it was due on which day, by value dates.

Days are civil dates, amounts minor units. The day of a payment still counts with what was due before it.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from invoicing.dataclass import dataclass
from invoicing.domain.calendar import days_after
from invoicing.domain.invoices.invoice import Invoice, InvoicePayment
from invoicing.domain.money.rounding import STANDARD, Rounding

_DAY = timedelta(days=1)


class AmountChange(NamedTuple):
    """A change of the amount due with its value date: below 0 for a payment, above 0 for a refund."""

    on: date
    amount: int


class Stretch(NamedTuple):
    """Days on which the same amount was due, both included."""

    first_day: date
    last_day: date
    amount: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DueHistory:
    """What was due of an invoice, and when.

    ``amount_payable`` is what it asked for, ``changes`` are all payments, credits, write-offs, refunds and reversals
    since, in any order. An invoice that ``is_late_fee`` bears none.
    """

    currency: str
    rounding: Rounding = STANDARD
    issue_date: date
    due_date: date
    amount_payable: int
    changes: tuple[AmountChange, ...] = ()
    is_late_fee: bool = False

    @property
    def anchor(self) -> date:
        """The last day in time: the due date, or the issue date of an invoice that was issued after it."""
        return max(self.due_date, self.issue_date)

    @property
    def first_day(self) -> date:
        """The first day that can be late."""
        return days_after(self.anchor, 1)

    @property
    def amount_due(self) -> int:
        """What is due after all changes."""
        return self.due_after(date.max)

    def due_after(self, day: date) -> int:
        """Return what is due at the end of a day, never below 0."""
        return max(self.amount_payable + sum(change.amount for change in self.changes if change.on <= day), 0)

    def late_until(self, day: date) -> tuple[Stretch, ...]:
        """Return the late days up to and including a day, and what was due on them; none where nothing was."""
        if day < self.first_day:
            return ()
        by_day: dict[date, int] = defaultdict(int)
        for on, amount in self.changes:
            if on < day:
                by_day[max(on, self.anchor)] += amount
        due, begin = self.amount_payable + by_day.pop(self.anchor, 0), self.first_day
        found = []
        for on in sorted(on for on, amount in by_day.items() if amount):
            found.append(Stretch(begin, on, due))
            due, begin = due + by_day[on], on + _DAY
        found.append(Stretch(begin, day, due))
        return tuple(stretch for stretch in found if stretch.amount > 0)


def due_history_of(invoice: Invoice) -> DueHistory:
    """Return the due history of an issued invoice that is not cancelled, from what is stored with it.

    An invoice keeps its latest refunds and credit notes only. Of what it no longer has, reductions get the date of the
    oldest that it has, and so do increases, so that what is due today is always right. Of several write-offs it knows
    the date of the latest.
    """
    changes = [change for payment in invoice.payments for change in _of_payment(payment)]
    notes = [note for note in invoice.credit_notes if note.voided_at is None]
    changes += [AmountChange(note.issue_date, -note.applied_to_invoice) for note in notes]
    others = invoice.applied_to_invoice - sum(note.applied_to_invoice for note in notes)
    if others:
        changes.append(AmountChange(_of_other_credit(invoice), -others))
    if invoice.amount_written_off and invoice.write_off_date:
        changes.append(AmountChange(invoice.write_off_date, -invoice.amount_written_off))
    return DueHistory(
        currency=invoice.currency,
        rounding=invoice.rounding,
        issue_date=invoice.issue_date,
        due_date=invoice.due_date,
        amount_payable=invoice.amount_payable,
        changes=tuple(change for change in changes if change.amount),
        is_late_fee=invoice.late_fee_of is not None,
    )


def _of_payment(payment: InvoicePayment) -> Iterator[AmountChange]:
    yield AmountChange(payment.payment_date, -payment.amount)
    for refund in payment.refunds:
        yield AmountChange(refund.refund_date, refund.amount)
    others = payment.returned - sum(refund.amount for refund in payment.refunds)
    if others:
        first = payment.refunds[0].refund_date if payment.refunds else payment.payment_date
        yield AmountChange(payment.reversal_date or first, others)


def _of_other_credit(invoice: Invoice) -> date:
    """Return the date of credit that no stored note applied: a refund's, which it covers, or that of older notes."""
    refunds: Sequence[date] = [refund.refund_date for payment in invoice.payments for refund in payment.refunds]
    return min([*refunds, *(note.issue_date for note in invoice.credit_notes)], default=invoice.issue_date)
