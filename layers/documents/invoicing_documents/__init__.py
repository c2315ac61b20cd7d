"""The documents of an invoice: PDF, hosted page and e-mail, in the customer's language.

The package imports nothing itself, so that a function loads only the renderers it uses.
"""
