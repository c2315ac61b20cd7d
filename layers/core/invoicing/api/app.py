"""What every HTTP operation shares: the key check, idempotency, the envelope, errors, headers, one log line."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import update_wrapper
from typing import TYPE_CHECKING, Any, Protocol, Self

from aws_lambda_powertools import Logger

from invoicing.api.envelope import Answer, Reply
from invoicing.api.exchange import Exchange, Services
from invoicing.api.idempotency import mark_of, replay
from invoicing.api.request import Request
from invoicing.domain.access import Caller
from invoicing.domain.errors import InvoicingError
from invoicing.operations.changes import AlreadyDone, Changes, Mark
from invoicing.operations.work import Work, carry_out

if TYPE_CHECKING:
    from invoicing.api.query import Kind, ListOf

logger = Logger()

Answers = Mapping[int, Any]
"""What an operation answers, for its documentation: by status, the type of ``data``, a media type, both, or None."""


class Input(Protocol):
    """A request body that checks itself."""

    @classmethod
    def parse(cls, value: Any, /) -> Self:
        """The body of a JSON value; `ValidationFailed` names every wrong field."""


class NoBody:
    """The body of operations that take none: what is sent is not read."""

    @classmethod
    def parse(cls, _: Any, /) -> Self:
        """Always the same."""
        return cls()


@dataclass(frozen=True, slots=True, kw_only=True)
class Call[B]:
    """One attempt at one request, as an operation's handler sees it; ``api_url`` ends with the base path."""

    request: Request
    work: Work
    body: B
    api_url: str
    asked_by: Caller | None

    @property
    def caller(self) -> Caller:
        """Whose key the request came with; `LookupError` for an operation that is public."""
        if self.asked_by is None:
            raise LookupError("a public operation has no caller")
        return self.asked_by

    @property
    def page_url(self) -> str:
        """Where the public pages are."""
        return f"{self.api_url}/i"


class ApiApp[B: Input = NoBody]:
    """One HTTP operation as a Lambda handler.

    It checks the API key and its scope unless it is ``public``; ``error_page`` replaces the JSON of errors;
    ``answers``, ``lists`` and ``query`` are read by tools/openapi.py only.
    """

    def __init__(
        self,
        method: str,
        path: str,
        *,
        services: Callable[[], Services],
        scope: str | None = None,
        public: bool = False,
        body: type[B] | None = None,
        error_page: Callable[[Request, int], Answer] | None = None,
        answers: Answers | None = None,
        lists: "ListOf | None" = None,
        query: "Mapping[str, Kind] | None" = None,
    ) -> None:
        if public == bool(scope):
            raise ValueError("an operation either needs a scope or is public")
        self.method = method
        self.path = path
        self.scope = scope
        self.body = body
        self.error_page = error_page
        self.answers = answers or {}
        self.lists = lists
        self.query = query or {}
        self._services = services
        self._operation: Callable[[Call[B]], Reply | Answer]

    def operation(self, operation: Callable[[Call[B]], Reply | Answer]) -> "ApiApp[B]":
        """Decorator: what the operation itself does; may run several times, of which one takes effect."""
        self._operation = operation
        update_wrapper(self, operation)
        return self

    def __call__(self, event: dict[str, Any], _context: object) -> dict[str, Any]:
        """Handle one API Gateway event."""
        started = time.perf_counter()
        exchange = Exchange(self._services(), Request.of(event))
        answer = self._answer(exchange)
        milliseconds = round((time.perf_counter() - started) * 1000)
        logger.info(
            "request",
            operation=f"{self.method} {self.path}",
            request_id=exchange.request_id,
            key_id=exchange.caller.key_id if exchange.caller else None,
            status=answer.status,
            code=exchange.error_code,
            milliseconds=milliseconds,
        )
        return exchange.response(answer, milliseconds)

    def _answer(self, exchange: Exchange) -> Answer:
        try:
            account = "" if self.scope is None else exchange.authenticate(self.scope).account
            return self._perform(exchange, account)
        except InvoicingError as error:
            answer = exchange.refusal(error)
        except Exception:
            logger.exception("failed", request_id=exchange.request_id)
            answer = exchange.failure()
        return self.error_page(exchange.request, answer.status) if self.error_page else answer

    def _perform(self, exchange: Exchange, account: str) -> Answer:
        key = exchange.request.idempotency_key if account else None
        try:
            return self._carry_out(exchange, account, key)
        except AlreadyDone as done:
            return replay(done.mark, exchange.request)
        except InvoicingError:
            # A request that was done before may no longer be possible, or another one came under its key.
            mark = exchange.services.store.find_mark(account, key, exchange.now) if key else None
            if mark is None:
                raise
            return replay(mark, exchange.request)

    def _carry_out(self, exchange: Exchange, account: str, key: str | None) -> Answer:
        body = self.body.parse(exchange.request.json()) if self.body else None

        def start(changes: Changes) -> Work:
            return exchange.work(account, changes)

        def use_case(work: Work) -> Answer:
            call = Call(
                request=exchange.request, work=work, body=body, api_url=exchange.api_url, asked_by=exchange.caller
            )
            reply = self._operation(call)  # type: ignore[arg-type]  # B is NoBody where there is no body
            return reply if isinstance(reply, Answer) else exchange.envelope(reply)

        def mark(answer: Answer) -> Mark | None:
            return mark_of(exchange.request, account, key, answer, exchange.now) if key else None

        return carry_out(start, use_case, mark)
