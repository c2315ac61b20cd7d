"""The one place where errors become HTTP: kind to status and type (docs/reference/conventions.md#errors)."""

from typing import Any

from invoicing.domain.errors import (
    Conflict,
    Detail,
    Gone,
    InvalidRequest,
    InvoicingError,
    MethodNotAllowed,
    NotFound,
    PermissionDenied,
    PreconditionFailed,
    RateLimited,
    RefundRefused,
    RequestTooLarge,
    Unauthenticated,
    Unavailable,
    ValidationFailed,
)

INTERNAL = (500, "api_error")
STATUS: dict[type[InvoicingError], tuple[int, str]] = {
    InvalidRequest: (400, "invalid_request_error"),
    Unauthenticated: (401, "authentication_error"),
    PermissionDenied: (403, "permission_error"),
    NotFound: (404, "not_found_error"),
    MethodNotAllowed: (405, "invalid_request_error"),
    Conflict: (409, "resource_conflict"),
    Gone: (410, "not_found_error"),
    PreconditionFailed: (412, "precondition_failed"),
    RequestTooLarge: (413, "invalid_request_error"),
    ValidationFailed: (422, "validation_error"),
    RefundRefused: (422, "refund_error"),
    RateLimited: (429, "rate_limit_error"),
    Unavailable: (503, "api_error"),
}
RETRY_SOON = 1
"""Seconds of ``Retry-After`` on a 503, unless ``extra`` has ``retry_after``."""


def status_of(error: InvoicingError) -> int:
    """The HTTP status of an expected error."""
    return STATUS[type(error)][0]


def error_object(error: InvoicingError, base_url: str) -> dict[str, Any]:
    """The ``error`` member of the answer, without ``request_id`` and ``timestamp``."""
    extra = dict(error.extra)
    if path := extra.get("existing_resource"):
        extra["existing_resource"] = base_url + path
    return {
        "type": STATUS[type(error)][1],
        "code": error.code,
        "message": error.message,
        "details": [_detail_object(detail) for detail in error.details],
        **extra,
    }


def _detail_object(detail: Detail) -> dict[str, Any]:
    """The member of ``details``; only a place in a text has ``line`` and ``reason``."""
    found = {"field": detail.field, "message": detail.message, "code": detail.code, "value": detail.value}
    return found if detail.line is None else found | {"line": detail.line, "reason": detail.reason}


def error_headers(error: InvoicingError) -> dict[str, str]:
    """Headers that only this error has."""
    if isinstance(error, (RateLimited, Unavailable)):
        return {"Retry-After": str(error.extra.get("retry_after", RETRY_SOON))}
    if isinstance(error, MethodNotAllowed):
        return {"Allow": ", ".join(error.allowed)}
    return {"WWW-Authenticate": "Bearer"} if isinstance(error, Unauthenticated) else {}


def internal_error() -> dict[str, Any]:
    """The ``error`` member when we are at fault; says nothing of what happened inside."""
    return {
        "type": INTERNAL[1],
        "code": "INTERNAL_ERROR",
        "message": "Internal error. The request may or may not have been applied: "
        "retry it with the same Idempotency-Key.",
        "details": [],
    }
