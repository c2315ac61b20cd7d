"""Public pages: HTML without scripts and without external resources."""

from invoicing_documents.page.invoice_page import render_invoice_page
from invoicing_documents.page.message_page import (
    render_expired_page,
    render_failure_page,
    render_not_found_page,
    render_portal_mailed_page,
    render_portal_not_found_page,
)
from invoicing_documents.page.style import content_security_policy

__all__ = [
    "content_security_policy",
    "render_expired_page",
    "render_failure_page",
    "render_invoice_page",
    "render_not_found_page",
    "render_portal_mailed_page",
    "render_portal_not_found_page",
]
