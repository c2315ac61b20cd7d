"""Erasure of customers: what is left of them once the law asks for no more."""
