"""What can go wrong."""

from typing import Any

from invoicing_client.response import ApiResponse


class InvoicingError(Exception):
    """Anything that this client raises of its own."""


class ApiError(InvoicingError):
    """The API refused a request, or failed: ``type`` and ``code`` are for programs, the message for people.

    ``details`` has a ``field``, ``message`` and ``code`` for each wrong field, ``error`` every member of the error,
    ``retry_after`` the seconds to wait if the API says so. ``idempotency_key`` is the key that a POST was sent with:
    the same request with the same key takes effect once.
    """

    def __init__(self, response: ApiResponse, idempotency_key: str | None) -> None:
        error = response.body.get("error") if isinstance(response.body, dict) else None
        self.error: dict[str, Any] = error if isinstance(error, dict) else {}
        self.response = response
        self.status = response.status
        self.type: str | None = self.error.get("type")
        self.code: str | None = self.error.get("code")
        self.details: list[dict[str, Any]] = self.error.get("details") or []
        self.request_id: str | None = self.error.get("request_id") or response.request_id
        self.retry_after = _seconds(response.headers.get("retry-after"))
        self.idempotency_key = idempotency_key
        location = response.headers.get("location")
        otherwise = f"redirected to {location}, which is not followed" if location else "no message"
        super().__init__(f"{self.status} {self.code or ''}: {self.error.get('message') or otherwise}")


class NoResponseError(InvoicingError):
    """No response came, not even to the last attempt: the request may or may not have taken effect.

    Send the same POST again with ``idempotency_key`` in the header ``Idempotency-Key``: it takes effect once.
    """

    def __init__(self, reason: object, idempotency_key: str | None) -> None:
        self.idempotency_key = idempotency_key
        super().__init__(f"No response: {reason}")


class WebhookError(InvoicingError):
    """A request to your endpoint is not a fresh one of the API: answer it with 401."""


def _seconds(text: str | None) -> float | None:
    """The value of ``Retry-After`` as the API sends it; None for a date, which proxies may send."""
    return float(text) if text is not None and text.isdecimal() else None
