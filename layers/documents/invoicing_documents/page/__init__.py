"""The hosted page of an invoice: HTML without scripts and without external resources."""

from invoicing_documents.page.invoice_page import (
    content_security_policy,
    render_failure_page,
    render_invoice_page,
    render_not_found_page,
)

__all__ = ["content_security_policy", "render_failure_page", "render_invoice_page", "render_not_found_page"]
