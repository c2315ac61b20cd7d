"""The resources that scopes name. Written by `python -m tools.routes`: do not edit."""

RESOURCES = (
    "account",
    "credit_notes",
    "customers",
    "events",
    "invoices",
    "payments",
    "test_clock",
)
