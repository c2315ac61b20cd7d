"""The list of a payment's refunds."""

from invoicing.api.outputs.payments import RefundOutput
from invoicing.api.query import ListSpec

REFUNDS = ListSpec(filters={}, sorts=(), output=RefundOutput)
