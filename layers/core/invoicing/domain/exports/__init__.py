"""Exports: what an account has of a period, as a file."""
