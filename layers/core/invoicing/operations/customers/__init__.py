"""Customers: who is billed, and what they owe."""
