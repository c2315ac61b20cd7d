"""Use cases of recurring invoices."""
