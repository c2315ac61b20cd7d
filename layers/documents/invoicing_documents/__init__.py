"""The documents of an invoice: PDF, hosted page and e-mail, in the customer's language.

The package imports nothing by itself, so that a function loads only the document makers it uses.
"""
