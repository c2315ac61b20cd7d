"""A small client of the Invoicing API: pages, safe retries, exact money, webhooks."""

from invoicing_client.client import Client
from invoicing_client.errors import ApiError, InvoicingError, NoResponseError, WebhookError
from invoicing_client.response import ApiResponse
from invoicing_client.webhooks import verified_event

__all__ = [
    "ApiError",
    "ApiResponse",
    "Client",
    "InvoicingError",
    "NoResponseError",
    "WebhookError",
    "verified_event",
]
