"""Payments, their allocations and refunds."""
