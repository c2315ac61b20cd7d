"""The list of a customer's credit payouts."""

from invoicing.api.outputs.credit_payouts import CreditPayoutOutput
from invoicing.api.query import ListSpec

CREDIT_PAYOUTS = ListSpec(filters={}, sorts=(), output=CreditPayoutOutput)
