"""What an invoice keeps of its late fees."""

from datetime import date, datetime
from typing import NamedTuple

from invoicing.dataclass import dataclass
from invoicing.domain.due_work import Failure
from invoicing.domain.late_fees.late_fee import FeeType


class InvoiceLateFee(NamedTuple):
    """A late fee that an invoice was charged, in minor units, and the invoice of the fee.

    The first four are those of `invoicing.domain.late_fees.charging.ChargedFee`.
    """

    type: FeeType
    period: str
    last_day: date
    amount: int
    invoice_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NextLateFee:
    """When an overdue invoice is looked at for automatic late fees; ``attempts`` to charge one failed so far."""

    at: datetime
    attempts: int = 0
    failure: Failure | None = None
