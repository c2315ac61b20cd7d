"""Why no late fee can be charged."""

from datetime import date

from invoicing.domain.calendar import days_after
from invoicing.domain.errors import Conflict
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.late_fees.charging import is_used_up
from invoicing.domain.late_fees.due_history import DueHistory, due_history_of
from invoicing.domain.late_fees.fee_invoice import MOST_LATE_FEES, charged_fees
from invoicing.domain.late_fees.late_fee import LateFee
from invoicing.domain.late_fees.periods import ONCE, claimable_from, period_ends


def nothing_to_charge(invoice: Invoice, late_fee: LateFee | None, by: date) -> Conflict:
    """Make a `Conflict` ``NOTHING_TO_CHARGE`` that says why no fee of an issued invoice can be charged on a day."""
    return Conflict("NOTHING_TO_CHARGE", f"No late fee can be charged: {_why(invoice, late_fee, by)}")


def _why(invoice: Invoice, late_fee: LateFee | None, by: date) -> str:
    if invoice.late_fee_of:
        return "it is itself an invoice for late fees."
    if late_fee is None:
        return "neither the customer nor the account has one; set late_fee, or send it with the request."
    if late_fee.type == "none":
        return "the customer is exempt, as its late_fee is of type none."
    if len(invoice.late_fees) >= MOST_LATE_FEES:
        return f"the invoice has {MOST_LATE_FEES} late fees, the maximum."
    return _why_not_yet(invoice, late_fee, due_history_of(invoice), by)


def _why_not_yet(invoice: Invoice, late_fee: LateFee, history: DueHistory, by: date) -> str:
    late, claimable = history.late_until(by), claimable_from(late_fee, history)
    if not late:
        return "nothing was due after the due date."
    if not history.amount_due and late[-1].last_day < claimable:
        return "the invoice was paid within the days of grace."
    if by < claimable:
        return f"it can be charged from {claimable} on, after the days of grace."
    if is_used_up(late_fee, history, charged_fees(invoice)):
        return "the fees of the invoice have reached their maximum."
    if late_fee.period == ONCE or not history.amount_due:
        same = any(fee.type == late_fee.type for fee in invoice.late_fees)
        return "the fee was charged already." if same else "the fee comes to 0."
    following = next((end for end in period_ends(history.anchor, late_fee.period) if end >= by), None)
    ahead = f"; the next period can be charged from {days_after(following, 1)} on" if following else ""
    return f"no period that has ended is left to charge{ahead}."
