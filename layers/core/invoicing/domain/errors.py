"""Errors of the API contract.

Every error has a stable ``code``; only `invoicing.api.errors` turns the class into an HTTP status.
"""

import re
from collections.abc import Sequence
from typing import Any

from invoicing.dataclass import dataclass
from invoicing.domain.access.caller import Caller

MOST_DETAILS = 100
"""The most wrong fields that one error names."""


@dataclass(frozen=True, slots=True)
class Detail:
    """A wrong field: ``field`` is a path such as ``items[0].quantity``.

    In a text with variables, ``line`` is where it is wrong, from 1, and ``reason`` the message without it.
    """

    field: str
    message: str
    code: str
    value: Any = None
    line: int | None = None
    reason: str | None = None


class InvoicingError(Exception):
    """Base of all expected errors; ``extra`` members are added to the error object of the response.

    Details beyond the first `MOST_DETAILS` are dropped.
    """

    def __init__(self, code: str, message: str, details: tuple[Detail, ...] = (), **extra: Any) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.details = details[:MOST_DETAILS]
        self.extra = extra

    def __str__(self) -> str:
        return " ".join(dict.fromkeys((self.message, *(detail.message for detail in self.details))))


class InvalidRequest(InvoicingError):
    """The request cannot be understood at all (400)."""


class Unauthenticated(InvoicingError):
    """The API key is missing, wrong, expired or revoked (401)."""


class PermissionDenied(InvoicingError):
    """The key is valid but its scopes do not cover the operation (403)."""


class NotFound(InvoicingError):
    """The resource does not exist in this account and mode (404)."""


class MethodNotAllowed(InvoicingError):
    """The path exists, and has other methods (405)."""

    def __init__(self, code: str, message: str, allowed: Sequence[str]) -> None:
        super().__init__(code, message)
        self.allowed = allowed


class Conflict(InvoicingError):
    """The request conflicts with the current state (409); ``existing_resource`` is what it conflicts with."""


class Gone(InvoicingError):
    """The resource is there, and what led to it works no longer (410)."""


class PreconditionFailed(InvoicingError):
    """``If-Match`` names a version other than the current one (412)."""


class RequestTooLarge(InvoicingError):
    """The body is larger than the API accepts (413)."""


class ValidationFailed(InvoicingError):
    """A well-formed request with invalid fields (422); ``message`` is that of the first one."""

    def __init__(self, first: Detail, *others: Detail, code: str = "VALIDATION_FAILED") -> None:
        super().__init__(code, first.message, (first, *others))


class RefundRefused(InvoicingError):
    """A refund is not possible (422); codes are ``refund_amount_exceeded`` and ``already_refunded``."""

    def __init__(self, code: str, detail: Detail) -> None:
        super().__init__(code, detail.message, (detail,))


class RateLimited(InvoicingError):
    """The key has used up its requests for this hour (429); ``retry_after`` is in seconds."""

    def __init__(self, message: str, caller: Caller, retry_after: int) -> None:
        super().__init__("RATE_LIMIT_EXCEEDED", message, retry_after=retry_after)
        self.caller = caller


class Unavailable(InvoicingError):
    """A required service did not respond in time; the request can be retried (503)."""


_WORDS = re.compile(r"(?<!^)(?=[A-Z])")


def not_found(kind: str, identifier: str) -> NotFound:
    """``not_found("CreditNote", "cn_1")`` is ``CREDIT_NOTE_NOT_FOUND``; ``kind`` is the name of a class."""
    if kind == "Account":
        return NotFound("ACCOUNT_NOT_FOUND", "The account of this API key no longer exists.")
    words = _WORDS.sub(" ", kind).lower()
    return NotFound(f"{words.replace(' ', '_').upper()}_NOT_FOUND", f"No such {words}: {identifier}")
