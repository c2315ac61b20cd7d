"""Payments and what they pay."""
