"""Allocation of document numbers."""
