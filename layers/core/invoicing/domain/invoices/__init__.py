"""Invoices: lifecycle, amounts and changes."""
