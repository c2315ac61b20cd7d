"""Payments: record, refund and reverse them."""
