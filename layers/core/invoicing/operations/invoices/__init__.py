"""Invoices: from a draft to its end."""
