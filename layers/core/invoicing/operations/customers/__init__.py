"""Customers: their data, balances and statements."""
