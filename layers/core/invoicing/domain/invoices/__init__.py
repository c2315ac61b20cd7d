"""Invoices: their life, their figures and how they change."""
