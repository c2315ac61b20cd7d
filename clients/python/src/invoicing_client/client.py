"""Requests to the Invoicing API."""

import json
import random
import uuid
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from http.client import HTTPException
from time import sleep
from typing import Any
from urllib.parse import quote, urlencode, urlsplit
from urllib.request import HTTPHandler, HTTPSHandler, OpenerDirector, ProxyHandler, Request

from invoicing_client.errors import ApiError, NoResponseError
from invoicing_client.response import ApiResponse

Path = str | Sequence[str]
"""As in the reference, ``"/invoices"``, or in parts, ``["invoices", invoice_id, "send"]``; parts can have any text."""

Query = Mapping[str, Any]
Headers = Mapping[str, str]

USER_AGENT = "invoicing-client-python/0.1.0"
WORTH_A_RETRY = {429, 500, 502, 503, 504}
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 8.0


class Client:
    """An account's way to the API; threads can share one.

    ``base_url`` ends with ``/v1/invoicing``; ``timeout`` is how many seconds an attempt waits for a connection, and for
    more of a response. What gets no response, or one that another attempt may better, is tried again up to ``retries``
    times, after pauses that grow up to 8 seconds, or after ``Retry-After``; when that is longer than ``longest_wait``
    seconds, the error is raised at once.
    """

    def __init__(
        self, api_key: str, base_url: str, *, timeout: float = 35.0, retries: int = 4, longest_wait: float = 60.0
    ) -> None:
        if urlsplit(base_url).scheme not in {"https", "http"}:
            raise ValueError("base_url must begin with https://, or with http:// on your own machine.")
        self._base_url = base_url.rstrip("/")
        self._headers = {"authorization": f"Bearer {api_key}", "user-agent": USER_AGENT}
        self._timeout, self._retries, self._longest_wait = timeout, retries, longest_wait
        # Without handlers of errors and redirects: all responses come here, and the key goes to no other host.
        self._opener = OpenerDirector()
        for handler in (ProxyHandler(), HTTPHandler(), HTTPSHandler()):
            self._opener.add_handler(handler)

    def get(self, path: Path, query: Query | None = None, *, headers: Headers | None = None) -> ApiResponse:
        """Read a resource, or one page of a list."""
        return self.request("GET", path, query=query, headers=headers)

    def list(self, path: Path, query: Query | None = None) -> Iterator[dict[str, Any]]:
        """Yield all items of a list, page by page, as they are asked for."""
        for page in self.pages(path, query):
            yield from page.data

    def pages(self, path: Path, query: Query | None = None) -> Iterator[ApiResponse]:
        """Yield the pages of a list, each with its ``meta``."""
        more: Query | str | None = query or {}
        while more is not None:
            page = self.request("GET", path, query=more)
            yield page
            following = page.links.get("next") if page.meta.get("has_more", True) else None
            # Of the URL only the query: the key goes to the host of `base_url`, whatever a response says.
            more = urlsplit(following).query if following else None

    def post(self, path: Path, body: Any = None, *, headers: Headers | None = None) -> ApiResponse:
        """Create something, or do an action, exactly once: with an ``Idempotency-Key`` of its own unless you set one.

        For a PDF in place of JSON, set ``Accept``.
        """
        return self.request("POST", path, body, headers=headers)

    def patch(self, path: Path, body: Any, *, headers: Headers | None = None) -> ApiResponse:
        """Change some fields; with ``If-Match``, only the version that has this ETag."""
        return self.request("PATCH", path, body, headers=headers)

    def put(self, path: Path, body: Any, *, headers: Headers | None = None) -> ApiResponse:
        """Replace a resource as a whole."""
        return self.request("PUT", path, body, headers=headers)

    def delete(self, path: Path, query: Query | None = None, *, headers: Headers | None = None) -> ApiResponse:
        """Delete, end or undo something."""
        return self.request("DELETE", path, query=query, headers=headers)

    def request(
        self,
        method: str,
        path: Path,
        body: Any = None,
        *,
        query: Query | str | None = None,
        headers: Headers | None = None,
    ) -> ApiResponse:
        """Send a request, again if need be, and return the response; raise `ApiError` or `NoResponseError`.

        A `Decimal` in the body is sent exactly.
        """
        sent = {name.lower(): value for name, value in (headers or {}).items()} | self._headers
        if method == "POST":
            sent.setdefault("idempotency-key", str(uuid.uuid4()))
        content = None
        if body is not None:
            content = json.dumps(body, default=_exact, allow_nan=False).encode()
            sent["content-type"] = "application/json"
        url = self._base_url + _path(path) + _query(query)
        request = Request(url, content, sent, method=method)  # noqa: S310
        attempt = 0
        while True:
            try:
                return self._attempt(request, sent.get("idempotency-key"))
            except (ApiError, NoResponseError) as error:
                wait = self._wait(error, attempt)
                if wait is None:
                    raise
            sleep(wait)
            attempt += 1

    def _attempt(self, request: Request, key: str | None) -> ApiResponse:
        try:
            with self._opener.open(request, timeout=self._timeout) as answer:
                names = {name.lower(): value for name, value in answer.headers.items()}
                response = ApiResponse(answer.status, names, answer.read())
        except (OSError, HTTPException) as error:
            raise NoResponseError(error, key) from error
        # A change that was redirected had no effect.
        if response.status >= 400 or (response.status >= 300 and request.get_method() != "GET"):
            raise ApiError(response, key)
        return response

    def _wait(self, error: ApiError | NoResponseError, attempt: int) -> float | None:
        """The seconds until the next attempt; None if there is to be none."""
        if attempt >= self._retries:
            return None
        pause = min(LONGEST_PAUSE, FIRST_PAUSE * 2.0**attempt) * random.uniform(0.5, 1.0)  # noqa: S311
        if isinstance(error, NoResponseError):
            return pause
        if error.status not in WORTH_A_RETRY or (error.retry_after or 0) > self._longest_wait:
            return None
        return pause + (error.retry_after or 0)


def _path(path: Path) -> str:
    parts = [part for part in path.split("/") if part] if isinstance(path, str) else list(path)
    for part in parts:
        # An empty part would be another path, and dots are resolved on the way.
        if part in {"", ".", ".."}:
            raise ValueError(f"{part!r} cannot be a part of a path: is an id empty?")
    return "/" + "/".join(quote(part, safe="") for part in parts)


def _query(query: Query | str | None) -> str:
    if isinstance(query, str):
        return f"?{query}"
    given = {name: _parameter(value) for name, value in (query or {}).items() if value is not None}
    return f"?{urlencode(given)}" if given else ""


def _parameter(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (list, tuple)):
        return ",".join(_parameter(each) for each in value)
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def _exact(value: object) -> str:
    """A `Decimal` as a string of its digits, which the API takes for a number."""
    if isinstance(value, Decimal):
        return format(value, "f")
    raise TypeError(f"{type(value).__name__} is not JSON: give texts, numbers, lists and dicts.")
