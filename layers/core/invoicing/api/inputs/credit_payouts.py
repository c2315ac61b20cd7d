"""Bodies of requests about payouts of customer credit."""

from invoicing.api.inputs.base import RequestBody
from invoicing.api.inputs.fields import CivilDate, Currency, Name, PaidAmount
from invoicing.domain.payments.payment import Method
from invoicing.operations.payments.pay_out_credit import NewCreditPayout


class PayOutCreditInput(RequestBody):
    """Body of ``POST /customers/{id}/credit-payouts``."""

    amount: PaidAmount
    currency: Currency | None = None
    date: CivilDate | None = None
    method: Method = "other"
    reference: Name | None = None

    def payout(self) -> NewCreditPayout:
        """Convert to the use case's input."""
        return NewCreditPayout(
            amount=self.amount,
            currency=self.currency,
            method=self.method,
            payout_date=self.date,
            reference=self.reference,
        )
