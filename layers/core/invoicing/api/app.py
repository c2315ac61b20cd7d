"""What every HTTP operation shares: the key check, idempotency, the envelope, errors, headers, one log line."""

import time
from collections.abc import Callable, Mapping
from functools import update_wrapper
from typing import TYPE_CHECKING, Any, Protocol, Required, Self, TypedDict, Unpack

from invoicing.api.envelope import HttpResponse, Result
from invoicing.api.idempotency import idempotency_record_of, replay
from invoicing.api.request import Request
from invoicing.api.request_context import RequestContext, Services
from invoicing.dataclass import dataclass
from invoicing.domain.access.caller import Caller
from invoicing.domain.errors import InvoicingError
from invoicing.log import counted, logger
from invoicing.operations.unit_of_work.change_set import ChangeSet, IdempotencyRecord, IdempotentReplay
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork, run_use_case

if TYPE_CHECKING:
    from invoicing.api.expansion import Expandable
    from invoicing.api.query import ListSpec, ValueType

Answers = Mapping[int, Any]
"""What an operation answers: by status, the type of ``data``, a media type, both, or None."""


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


class Declared[B: Input](TypedDict, total=False):
    """What an operation declares; tools/openapi.py describes the API to its clients from it alone.

    An operation either needs a ``scope`` or is ``public``.

    ``summary`` is a verb and a noun, ``description`` a few sentences for clients. ``errors`` says, by status, what
    else the operation refuses than follows from its path, scope and body; ``etag`` that its answer has an ``ETag``,
    and ``if_match`` that it heeds ``If-Match``. ``by_cursor``: pages of its list have no numbers, and ``meta`` has
    ``next_cursor`` and ``has_more``. ``expands`` is what its answer can have whole. ``more_meta`` has the types of what
    else ``meta`` has. ``error_page`` replaces the JSON of errors.
    """

    summary: Required[str]
    description: Required[str]
    scope: str
    public: bool
    query: "Mapping[str, ValueType]"
    lists: "ListSpec"
    body: type[B]
    answers: Answers
    errors: Mapping[int, str]
    etag: bool
    if_match: bool
    by_cursor: bool
    expands: "Expandable"
    more_meta: Mapping[str, Any]
    error_page: Callable[[Request, int], HttpResponse]


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiRequest[B]:
    """One attempt at one request, as an operation's handler sees it; ``api_url`` ends with the base path."""

    http: Request
    uow: UnitOfWork
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

    @property
    def portal_url(self) -> str:
        """Where the portals of customers are."""
        return f"{self.api_url}/c"


_REMEMBERED = frozenset({"application/json", ""})
"""The types of what is answered again under an idempotency key; documents are made again, as nothing was written."""


class ApiApp[B: Input = NoBody]:
    """One HTTP operation as a Lambda handler, which checks the API key and its scope unless it is public."""

    def __init__(
        self, method: str, path: str, services: Callable[[], Services], **declared: Unpack[Declared[B]]
    ) -> None:
        self.method = method
        self.path = path
        self.declared = declared
        self.scope = declared.get("scope")
        self.body = declared.get("body")
        self.error_page = declared.get("error_page")
        if declared.get("public", False) == bool(self.scope):
            raise ValueError("an operation either needs a scope or is public")
        self._services = services
        self._operation: Callable[[ApiRequest[B]], Result | HttpResponse]

    @property
    def methods(self) -> tuple[str, ...]:
        """The methods that it answers: HEAD like GET where no key is asked for, as browsers and probes do."""
        return ("GET", "HEAD") if self.method == "GET" and self.scope is None else (self.method,)

    def operation(self, operation: Callable[[ApiRequest[B]], Result | HttpResponse]) -> "ApiApp[B]":
        """Registers the operation. It may be retried after a write conflict; exactly one attempt commits."""
        self._operation = operation
        update_wrapper(self, operation)
        return self

    def __call__(self, event: dict[str, Any], _context: object) -> dict[str, Any]:
        """Handle one API Gateway event."""
        started = time.perf_counter()
        context = RequestContext(self._services(), Request.of(event))
        answer = self._answer(context)
        milliseconds = round((time.perf_counter() - started) * 1000)
        logger.info(
            "request",
            operation=f"{self.method} {self.path}",
            request_id=context.request_id,
            key_id=context.caller.key_id if context.caller else None,
            status=str(answer.status),
            code=context.error_code,
            milliseconds=milliseconds,
            **counted("Requests", "status"),
        )
        return context.response(answer, milliseconds)

    def _answer(self, context: RequestContext) -> HttpResponse:
        try:
            account = "" if self.scope is None else context.authenticate(self.scope).account
            return self._perform(context, account)
        except InvoicingError as error:
            answer = context.refusal(error)
        except Exception:  # noqa: BLE001  # it is logged with its traceback, and answered as a 500
            logger.exception("failed", request_id=context.request_id)
            answer = context.failure()
        return self.error_page(context.request, answer.status) if self.error_page else answer

    def _perform(self, context: RequestContext, account: str) -> HttpResponse:
        key = context.request.idempotency_key if account else None
        try:
            return self._run(context, account, key)
        except IdempotentReplay as done:
            return replay(done.record, context.request)
        except InvoicingError:
            # A request that was done before may no longer be possible, or another one came under its key.
            idempotency_record = (
                context.services.store.find_idempotency_record(account, key, context.now) if key else None
            )
            if idempotency_record is None:
                raise
            return replay(idempotency_record, context.request)

    def _run(self, context: RequestContext, account: str, key: str | None) -> HttpResponse:
        context.require_clock_at_rest()
        body = self.body.parse(context.request.json()) if self.body else None

        def start(changes: ChangeSet) -> UnitOfWork:
            return context.unit_of_work(account, changes)

        def use_case(uow: UnitOfWork) -> HttpResponse:
            request = ApiRequest(
                http=context.request, uow=uow, body=body, api_url=context.api_url, asked_by=context.caller
            )
            result = self._operation(request)  # type: ignore[arg-type]  # B is NoBody where there is no body
            return result if isinstance(result, HttpResponse) else context.envelope(result, uow.warnings)

        def idempotency_record(answer: HttpResponse) -> IdempotencyRecord | None:
            if not key or answer.content_type not in _REMEMBERED:
                return None
            return idempotency_record_of(context.request, account, key, answer, context.now)

        answer = run_use_case(start, use_case, idempotency_record)
        if answer.follow_up is None:
            return answer
        last = context.envelope(answer.follow_up(), ())
        if replacement := idempotency_record(last):
            context.services.store.replace_idempotency_record(replacement)
        return last
