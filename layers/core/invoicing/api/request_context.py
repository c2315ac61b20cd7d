"""The context of one request: who asks, and the responses in the contract's form."""

import base64
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from invoicing.api.envelope import VERSION, HttpResponse, Result, error_response, json_response, rate_limit_headers
from invoicing.api.errors import INTERNAL, error_headers, error_object, internal_error, status_of
from invoicing.api.request import BASE_PATH, Request
from invoicing.dataclass import dataclass
from invoicing.domain.access.caller import KEY_PATTERN, Caller, hash_of
from invoicing.domain.errors import InvoicingError, PermissionDenied, RateLimited, Unauthenticated
from invoicing.domain.events.event import Actor
from invoicing.domain.warnings import InputWarning
from invoicing.operations.unit_of_work.change_set import ChangeSet
from invoicing.operations.unit_of_work.ports import ApiKeys, NewId, NewSecret, Store
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """What the HTTP side needs from the outside; ``public_url`` is empty where each request says it."""

    store: Store
    api_keys: ApiKeys
    clock: Callable[[], datetime]
    new_id: NewId
    new_secret: NewSecret
    public_url: str


TWO_YEARS = 63_072_000

_EVERYWHERE = {
    "Cache-Control": "no-store",
    # Of other names below the host, which may be an operator's own, nothing is known: no includeSubDomains.
    "Strict-Transport-Security": f"max-age={TWO_YEARS}",
    "X-Content-Type-Options": "nosniff",
    "X-API-Version": VERSION,
}
"""Headers that are the same on every response."""


class RequestContext:
    """A request on its way to a response; ``now`` is one instant of the real clock for all of it."""

    def __init__(self, services: Services, request: Request) -> None:
        self.services = services
        self.request = request
        self.now = services.clock()
        self.request_id = request.own_id or services.new_id("req")
        self.api_url = (services.public_url or request.host) + BASE_PATH
        self.caller: Caller | None = None
        self.error_code: str | None = None

    def authenticate(self, scope: str) -> Caller:
        """Who asks; `Unauthenticated`, `RateLimited`, or `PermissionDenied` without the scope."""
        scheme, _, secret = self.request.headers.get("authorization", "").partition(" ")
        if not secret:
            raise Unauthenticated("missing_api_key", "Send your API key: Authorization: Bearer sk_…")
        if scheme.lower() != "bearer" or not KEY_PATTERN.fullmatch(secret):
            raise Unauthenticated("invalid_api_key", "The API key is malformed; keys begin with sk_test_ or sk_live_.")
        self.caller = self.services.api_keys.use(hash_of(secret), self.now)
        if not self.caller.may(scope):
            raise PermissionDenied("INSUFFICIENT_SCOPE", f"This key lacks the scope {scope}.")
        return self.caller

    def require_clock_at_rest(self) -> None:
        """Raise `Conflict` ``TEST_CLOCK_ADVANCING`` for a request that may write while the test clock advances."""
        clock = self.caller.clock if self.caller else None
        if clock and clock.is_advancing and self.request.method != "GET":
            from invoicing.domain.test_clocks.conflicts import clock_moved  # noqa: PLC0415

            raise clock_moved()

    def unit_of_work(self, account: str, changes: ChangeSet, store: Store | None = None) -> UnitOfWork:
        """One attempt at the use case; what has no key is asked by the customer, who follows a link."""
        return UnitOfWork(
            account=account,
            actor=Actor("api_key", self.caller.key_id) if self.caller else Actor("customer"),
            real_now=self.now,
            store=store or self.services.store,
            new_id=self.services.new_id,
            new_secret=self.services.new_secret,
            clock=self.caller.clock if self.caller else None,
            changes=changes,
        )

    def envelope(self, result: Result, warnings: Sequence[InputWarning]) -> HttpResponse:
        """The answer of an operation that succeeded."""
        return json_response(result, warnings, self.api_url, self.request_id, self.now)

    def refusal(self, error: InvoicingError) -> HttpResponse:
        """The answer to an expected error."""
        if isinstance(error, RateLimited):
            self.caller = error.caller
        self.error_code = error.code
        body = error_object(error, self.api_url)
        return error_response(status_of(error), body, error_headers(error), self.request_id, self.now)

    def failure(self) -> HttpResponse:
        """The answer to an error nobody expected."""
        self.error_code = "INTERNAL_ERROR"
        return error_response(INTERNAL[0], internal_error(), {}, self.request_id, self.now)

    def response(self, answer: HttpResponse, milliseconds: int) -> dict[str, Any]:
        """What API Gateway takes (payload format 2.0), with the headers that every answer has; none to HEAD a body."""
        headers = {
            **({"Content-Type": answer.content_type} if answer.content_type else {}),
            **_EVERYWHERE,
            "X-Request-ID": self.request_id,
            "X-Response-Time": f"{milliseconds}ms",
            **rate_limit_headers(self.caller, self.now),
            **answer.headers,
        }
        content = b"" if self.request.method == "HEAD" else answer.body
        body = base64.b64encode(content) if answer.is_binary else content
        return {
            "statusCode": answer.status,
            "headers": headers,
            "body": body.decode(),
            "isBase64Encoded": answer.is_binary,
        }
