"""The e-mail that brings an invoice to its customer."""

from invoicing_documents.email.invoice_email import compose_invoice_email

__all__ = ["compose_invoice_email"]
