"""The shape of every JSON answer: data or error, meta, links, headers (docs/reference/conventions.md#responses)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, field
from datetime import datetime
from typing import Any

from invoicing import exact_json
from invoicing.dataclass import dataclass
from invoicing.domain.access.caller import HOUR, STANDARD_LIMIT, Caller
from invoicing.domain.warnings import InputWarning

VERSION = "v1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What an operation answers; ``links`` and ``location`` are paths below the base path, None where impossible.

    ``follow_up`` is what is still done once the operation's changes are committed; its result replaces this one.
    ``pagination`` says which page of a list it is; ``more_meta`` is what else ``meta`` has, such as a cursor.
    ``shown_once`` names members of ``data`` that are secret: when the
    answer is given again, under the same idempotency key, they are null, and nothing of them is stored.
    """

    data: Any
    links: Mapping[str, str | None]
    status: int = 200
    version: int | None = None
    location: str | None = None
    pagination: Mapping[str, Any] | None = None
    more_meta: Mapping[str, Any] = field(default_factory=dict)
    shown_once: tuple[str, ...] = ()
    follow_up: "Callable[[], Result] | None" = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HttpResponse:
    """An HTTP answer before the headers that every answer has; one without a body has no ``content_type``.

    ``remembered`` is its body when it is given again, where that differs. ``follow_up`` is that of its `Result`.
    """

    status: int
    body: bytes
    headers: dict[str, str] = field(default_factory=dict)
    content_type: str = "application/json"
    is_binary: bool = False
    remembered: bytes | None = None
    follow_up: Callable[[], Result] | None = None


NO_CONTENT = HttpResponse(status=204, body=b"", content_type="")
"""What there is to say of a thing that is gone."""


def one_page(path: str, data: Sequence[Any], more_meta: Mapping[str, Any] | None = None) -> Result:
    """A list that is never cut; ``path`` is its own, below the base path."""
    pagination = {
        "page": 1,
        "per_page": max(1, len(data)),
        "total": len(data),
        "total_pages": 1,
        "has_next": False,
        "has_previous": False,
    }
    links = {"self": path, "first": path, "last": path, "next": None, "prev": None}
    return Result(data=data, links=links, pagination=pagination, more_meta=more_meta or {})


def json_response(
    reply: Result, warnings: Sequence[InputWarning], base_url: str, request_id: str, now: datetime
) -> HttpResponse:
    """The success envelope; ``meta`` has ``warnings`` only where there are any."""
    links = {name: path if path is None else base_url + path for name, path in reply.links.items()}
    headers = {}
    if reply.version is not None:
        headers["ETag"] = f'"v{reply.version}"'
    if reply.location is not None:
        headers["Location"] = base_url + reply.location
    page = {} if reply.pagination is None else {"pagination": reply.pagination}
    doubts = {"warnings": [asdict(warning) for warning in warnings]} if warnings else {}
    envelope = {
        "data": reply.data,
        "meta": {**meta(request_id, now), **page, **reply.more_meta, **doubts},
        "links": links,
    }
    remembered = None
    if reply.shown_once:
        remembered = exact_json.dumps(envelope | {"data": reply.data | dict.fromkeys(reply.shown_once)})
    return HttpResponse(
        status=reply.status,
        body=exact_json.dumps(envelope),
        headers=headers,
        remembered=remembered,
        follow_up=reply.follow_up,
    )


def error_response(
    status: int, error: dict[str, Any], headers: dict[str, str], request_id: str, now: datetime
) -> HttpResponse:
    """The error envelope."""
    stamped = error | {"request_id": request_id, "timestamp": timestamp(now)}
    return HttpResponse(
        status=status, body=exact_json.dumps({"error": stamped, "meta": meta(request_id, now)}), headers=headers
    )


def meta(request_id: str, now: datetime) -> dict[str, str]:
    """The ``meta`` member."""
    return {"request_id": request_id, "timestamp": timestamp(now), "version": VERSION}


def timestamp(instant: datetime) -> str:
    """UTC, RFC 3339, with ``Z`` and milliseconds."""
    return instant.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def rate_limit_headers(caller: Caller | None, now: datetime) -> dict[str, str]:
    """Where the key stands in its hour; without a key, where a standard one would begin."""
    if caller is None:
        limit = remaining = STANDARD_LIMIT
        reset = (int(now.timestamp()) // HOUR + 1) * HOUR
    else:
        limit, reset = caller.requests_per_hour, caller.window_ends
        remaining = max(0, limit - caller.requests_used)
    return {
        "X-RateLimit-Limit": str(limit),
        "X-RateLimit-Remaining": str(remaining),
        "X-RateLimit-Reset": str(reset),
    }
