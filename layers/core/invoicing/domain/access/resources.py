"""The resources that scopes name. Written by `python -m tools.routes`: do not edit."""

RESOURCES = (
    "account",
    "credit_notes",
    "customers",
    "deliveries",
    "events",
    "files",
    "invoices",
    "payments",
    "recurring",
    "reminders",
    "test_clock",
)
