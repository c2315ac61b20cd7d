"""Invoices: drafts, issuing, sending, voiding and write-offs."""
