"""The resources that scopes name. Written by `python -m tools.routes`: do not edit."""

RESOURCES = (
    "account",
    "credit_notes",
    "customers",
    "deliveries",
    "events",
    "exports",
    "files",
    "imports",
    "invoices",
    "payments",
    "recurring",
    "reminders",
    "reports",
    "templates",
    "test_clock",
    "webhooks",
)
