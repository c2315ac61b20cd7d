"""The parts of docs/openapi.json that are the same for every operation."""

from typing import Any

from invoicing.api.envelope import VERSION
from invoicing.api.errors import INTERNAL, STATUS
from invoicing.api.list_parameters import MOST_PER_PAGE
from invoicing.api.request import BASE_PATH
from invoicing.domain.errors import (
    Conflict,
    Gone,
    InvalidRequest,
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

DESCRIPTION = """\
Invoices for your customers: create, send, and see what becomes of them.

**Keys.** Every request but those of public pages carries `Authorization: Bearer sk_live_…` or `sk_test_…`. Test and
live keys of one account see separate data.

**Money** is a JSON number in major units (`150.00`) with the number of decimals that ISO 4217 gives the currency
(JPY 0, USD 2, KWD 3). Every number of `format: decimal` is exact: read it as a decimal, never as a binary float. In
requests it can also be a decimal string (`"150.00"`). Rates are fractions (`0.08` is 8 %). Dates are `YYYY-MM-DD` in
the account's time zone; timestamps are UTC, RFC 3339.

**Repeating a request.** Any POST takes an `Idempotency-Key`, kept for 24 hours: the same request under the same key has
one effect and the same answer.
"""

SERVER = {
    "description": "Your own deployment.",
    "url": f"{{scheme}}://{{host}}{BASE_PATH}",
    "variables": {
        "scheme": {"default": "https", "enum": ["https", "http"], "description": "`http` on your own machine only."},
        "host": {"default": "api.example.com", "description": "Where the API is deployed."},
    },
}

SECURITY_SCHEME = {
    "type": "http",
    "scheme": "bearer",
    "description": "An API key. An operation names the scope that the key needs; the scope `*` is all of them.",
}


def _header(words: str, kind: str = "string") -> dict[str, Any]:
    return {"description": words, "schema": {"type": kind}}


HEADERS: dict[str, Any] = {
    "X-Request-ID": _header("Your own `X-Request-ID` when it was well-formed, else a new one."),
    "X-API-Version": {"description": "The version of the API.", "schema": {"const": VERSION}},
    "X-RateLimit-Limit": _header("Requests the key has per hour.", "integer"),
    "X-RateLimit-Remaining": _header("Requests left in this hour.", "integer"),
    "X-RateLimit-Reset": _header("When the next hour begins, in epoch seconds.", "integer"),
    "X-Response-Time": _header("How long the operation took, such as `45ms`."),
    "ETag": _header("The version of the resource, for `If-Match`."),
    "Location": _header("The URL of the new resource, or where to go on."),
    "Idempotent-Replayed": _header("`true` on an answer that was given before under the same `Idempotency-Key`."),
    "Allow": _header("The methods that the path has."),
    "Retry-After": _header("Seconds to wait before the next attempt.", "integer"),
    "WWW-Authenticate": _header("`Bearer`."),
}
EVERYWHERE = [name for name in HEADERS if name.startswith("X-")]
"""Headers that every answer has."""

PARAMETERS: dict[str, Any] = {
    "X-Request-ID": {
        "name": "X-Request-ID",
        "in": "header",
        "description": "Your name for this request: 1 to 128 letters, digits and `.` `_` `:` `-`. It comes back in the "
        "response; one of another form is ignored.",
        "schema": {"type": "string"},
    },
    "Idempotency-Key": {
        "name": "Idempotency-Key",
        "in": "header",
        "description": "The same request under the same key has one effect; kept for 24 hours.",
        "schema": {"type": "string", "pattern": "^[!-~]{1,255}$"},
    },
    "If-Match": {
        "name": "If-Match",
        "in": "header",
        "description": "The `ETag` of the version you mean; another one is refused with 412.",
        "schema": {"type": "string"},
    },
}

PATH_PARAMETERS = {
    "key_id": "The `id` of the API key, not its secret.",
    "token": "The secret token of the page, from the invoice's `hosted_url` or a portal link's `url`.",
    "link_id": "The `id` of the portal link.",
}
"""Parameters of a path that are more than the id of what their name says."""


def path_parameter(name: str) -> str:
    """What a parameter of a path is: ``credit_note_id`` is the id of the credit note."""
    return PATH_PARAMETERS.get(name) or f"The `id` of the {name.removesuffix('_id').replace('_', ' ')}."


RESPONSES = {
    200: "The request succeeded.",
    201: "The resource was created.",
    202: "The request was accepted; what it began goes on.",
    204: "The request succeeded. The response has no body.",
    207: "`results` says what came of each item; a status there is that of a single request.",
    302: "The document is at the URL in `Location`.",
}
"""What an answer means, by its status."""

ERRORS = {
    InvalidRequest: "The request cannot be understood: its JSON, its query or its `Idempotency-Key` is not valid.",
    Unauthenticated: "There is no API key, or it is malformed, unknown, expired or revoked.",
    PermissionDenied: "The API key lacks the scope that the operation needs.",
    NotFound: "The resource does not exist in this account and mode, or the account of the API key no longer exists.",
    MethodNotAllowed: "The path does not have this method. The `Allow` header lists the methods that it has.",
    Conflict: "What is stored does not allow the request, its `Idempotency-Key` was used with another request, or the "
    "test clock is being advanced.",
    Gone: "The link that led here has expired.",
    PreconditionFailed: "The resource was changed since the version that `If-Match` names.",
    RequestTooLarge: "The body has more than 1,000,000 bytes.",
    ValidationFailed: "Some fields are not acceptable. `details` names them, at most 100.",
    RefundRefused: "The payment cannot be refunded that far.",
    RateLimited: "The API key has used up its requests of this hour. Wait for `Retry-After`.",
    Unavailable: "The service is busy. Wait for `Retry-After`, then retry with the same `Idempotency-Key`.",
}
"""What each kind of error means, and what to do."""

_TEXT = {"type": "string"}
_INSTANT = {"type": "string", "format": "date-time"}

SCHEMAS: dict[str, Any] = {
    "Meta": {
        "type": "object",
        "required": ["request_id", "timestamp", "version"],
        "properties": {
            "request_id": _TEXT,
            "timestamp": _INSTANT,
            "version": {"const": VERSION},
            "warnings": {
                "description": "What was accepted and is doubtful; left out where nothing is.",
                "type": "array",
                "items": {"$ref": "#/components/schemas/Warning"},
            },
        },
    },
    "Warning": {
        "description": "One field that is doubtful.",
        "type": "object",
        "required": ["field", "code", "message"],
        "properties": {
            "field": {"type": "string", "description": "A path such as `due_date`."},
            "code": {"type": "string", "description": "What a program can tell it by, such as `DUE_DATE_PASSED`."},
            "message": _TEXT,
        },
    },
    "ListMeta": {
        "type": "object",
        "required": ["request_id", "timestamp", "version", "pagination"],
        "properties": {
            "request_id": _TEXT,
            "timestamp": _INSTANT,
            "version": {"const": VERSION},
            "pagination": {"$ref": "#/components/schemas/Pagination"},
        },
    },
    "CursorMeta": {
        "type": "object",
        "required": ["request_id", "timestamp", "version", "next_cursor", "has_more"],
        "properties": {
            "request_id": _TEXT,
            "timestamp": _INSTANT,
            "version": {"const": VERSION},
            "next_cursor": {"type": "string", "description": "Where the next page begins; send it as `after`."},
            "has_more": {"type": "boolean", "description": "Whether there is more to read at once."},
        },
    },
    "Pagination": {
        "description": "Which page this is. `total` is exact up to 1,000; beyond, a moment behind or null.",
        "type": "object",
        "required": ["page", "per_page", "total", "total_pages", "has_next", "has_previous"],
        "properties": {
            "page": {"type": "integer", "minimum": 1},
            "per_page": {"type": "integer", "minimum": 1, "maximum": MOST_PER_PAGE},
            "total": {"type": ["integer", "null"], "minimum": 0},
            "total_pages": {"type": ["integer", "null"], "minimum": 0},
            "has_next": {"type": "boolean"},
            "has_previous": {"type": "boolean"},
        },
    },
    "ErrorDetail": {
        "description": "One field that is wrong.",
        "type": "object",
        "required": ["field", "message", "code", "value"],
        "properties": {
            "field": {"type": "string", "description": "A path such as `items[0].quantity`."},
            "message": _TEXT,
            "code": _TEXT,
            "value": {"description": "What was sent, when it is short."},
            "line": {"type": "integer", "description": "In a text with variables: where it is wrong, from 1."},
            "reason": {"type": "string", "description": "In a text with variables: the message without the line."},
        },
    },
    "Error": {
        "type": "object",
        "required": ["error", "meta"],
        "properties": {
            "error": {
                "type": "object",
                "required": ["type", "code", "message", "details", "request_id", "timestamp"],
                "properties": {
                    "type": {"enum": list(dict.fromkeys(kind for _, kind in (*STATUS.values(), INTERNAL)))},
                    "code": {"type": "string", "description": "Stable: this is what programs should look at."},
                    "message": {"type": "string", "description": "For people; it may change."},
                    "details": {"type": "array", "items": {"$ref": "#/components/schemas/ErrorDetail"}},
                    "request_id": _TEXT,
                    "timestamp": _INSTANT,
                    "existing_resource": {
                        "type": "string",
                        "format": "uri",
                        "description": "The resource that stands in the way of a 409.",
                    },
                    "retry_after": {"type": "integer", "description": "Seconds to wait after a 429."},
                },
            },
            "meta": {"$ref": "#/components/schemas/Meta"},
        },
    },
}
