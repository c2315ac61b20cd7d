"""What can be expanded of resources."""

from invoicing.api.expansion import Expandable

CREDIT_NOTE_EXPANSIONS = Expandable(
    module="invoicing.api.outputs.expanded_credit_notes",
    scopes={"customer": "customers:read", "invoice": "invoices:read"},
)
INVOICE_EXPANSIONS = Expandable(
    module="invoicing.api.outputs.expanded_invoices",
    scopes={"customer": "customers:read", "payments": "payments:read", "credit_notes": "credit_notes:read"},
)
PAYMENT_EXPANSIONS = Expandable(
    module="invoicing.api.outputs.expanded_payments",
    scopes={"customer": "customers:read", "invoices": "invoices:read"},
)
