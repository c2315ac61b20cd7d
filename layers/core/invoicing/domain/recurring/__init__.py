"""Recurring invoices: on which dates invoices are made by themselves, and what is in them."""
