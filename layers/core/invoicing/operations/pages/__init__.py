"""The hosted page of an invoice."""
