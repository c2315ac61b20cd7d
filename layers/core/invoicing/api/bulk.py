"""Bulk operations: one operation for each item of a list, each alone, with a result of its own (decision 0059)."""

import hashlib
import json
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from typing import Annotated, Any, Unpack

from pydantic import Field, create_model

from invoicing import exact_json
from invoicing.api.app import ApiApp, ApiRequest, Declared
from invoicing.api.bulk_result import ItemResult, placed, remembered_result
from invoicing.api.envelope import HttpResponse, Result, json_response, timestamp
from invoicing.api.errors import INTERNAL, error_object, internal_error, status_of
from invoicing.api.idempotency import request_hash
from invoicing.api.inputs.base import RequestBody
from invoicing.api.inputs.bulk import MOST_ITEMS, BulkItem
from invoicing.api.request_context import RequestContext, Services
from invoicing.domain.errors import Conflict, InvoicingError, RequestTooLarge, Unavailable
from invoicing.log import logger
from invoicing.operations.unit_of_work.change_set import ChangeSet, IdempotencyRecord, IdempotentReplay
from invoicing.operations.unit_of_work.shared_reads import SharedReads
from invoicing.operations.unit_of_work.unit_of_work import PATIENCE, UnitOfWork, run_use_case

MOST_BYTES = 3_500_000
"""Of results, after which no item begins: Lambda returns 6 MB, and one invoice can have more than 1 MB."""


class BulkApp[I: BulkItem](ApiApp[I]):
    """An operation that is done for each item of a list.

    ``items`` is the name of the list, ``item`` its items' model, ``reads`` what the use case of an item will read.
    The handler is called for each item, with its body, as that of the single request would be.
    """

    def __init__(
        self,
        method: str,
        path: str,
        services: Callable[[], Services],
        *,
        items: str,
        item: type[I],
        reads: Callable[[I], Sequence[tuple[type, str]]],
        **declared: Unpack[Declared[Any]],
    ) -> None:
        super().__init__(method, path, services, **declared)
        self.items, self.item, self.reads = items, item, reads
        some = Annotated[list[Any], Field(min_length=1, max_length=MOST_ITEMS)]
        self._around = create_model("Around", __base__=RequestBody, **{items: (some, ...)})  # type: ignore[call-overload]

    def items_of(self, body: Any) -> list[Any]:
        """The items as they came; `ValidationFailed` for what is wrong around them, and for too many or none."""
        found: list[Any] = getattr(self._around.parse(body), self.items)
        return found

    def perform_item(self, request: ApiRequest[I]) -> Result:
        """What the handler makes of one item."""
        result = self._operation(request)
        if isinstance(result, HttpResponse):
            raise TypeError("an item has a result, no response of its own")
        return result

    def _perform(self, context: RequestContext, account: str) -> HttpResponse:
        context.require_clock_at_rest()
        return BulkRequest(self, context, account).answer()


class BulkRequest[I: BulkItem]:
    """One request, while its items are worked through in order."""

    def __init__(self, app: BulkApp[I], context: RequestContext, account: str) -> None:
        self._app = app
        self._context = context
        self._account = account
        self._key = context.request.idempotency_key
        self._raw = app.items_of(context.request.json())
        self._bodies = [self._parsed(index) for index in range(len(self._raw))]
        self._store = SharedReads(context.services.store)
        self._ends = time.monotonic() + PATIENCE
        self._first: IdempotencyRecord | None = None
        self._known: Mapping[str, IdempotencyRecord] = {}

    def answer(self) -> HttpResponse:
        """Always 207; `Conflict` ``IDEMPOTENCY_KEY_REUSED`` when the request's key was used with another one."""
        self._look_up_keys()
        self._store.read_ahead(
            self._context.unit_of_work(self._account, ChangeSet()).ref(kind, identifier)
            for index, body in enumerate(self._bodies)
            if not isinstance(body, ItemResult) and not self._is_known(index)
            for kind, identifier in self._app.reads(body)
        )
        results: list[ItemResult] = []
        size = 0
        for index in range(len(self._raw)):
            results.append(self._work(index, size))
            size += len(results[-1].written)
        return self._response(results)

    # ───────────────────────────────────────────── Items ─────────────────────────────────────────────

    def _parsed(self, index: int) -> "I | ItemResult":
        try:
            return self._app.item.parse(self._raw[index], within=self._place(index))
        except InvoicingError as error:
            return self._failure(error, "")

    def _work(self, index: int, size: int) -> ItemResult:
        """What comes of an item: what is known of its key, or what its use case does now."""
        body, key = self._bodies[index], self._key_of(index)
        if earlier := self._earlier(index, key):
            return earlier
        if isinstance(body, ItemResult):
            return body
        try:
            self._require_room(size)
            self._require_own_key(body)
            return self._done(index, body, key)
        except InvoicingError as error:
            return self._failure(error, self._place(index))
        except Exception:  # noqa: BLE001  # it is logged with its traceback, and the other items are done
            logger.exception("failed", request_id=self._context.request_id, index=index)
            self._store.forget()
            return ItemResult(status=INTERNAL[0], written=self._error(internal_error()))

    def _done(self, index: int, body: I, key: str | None) -> ItemResult:
        """Do an item, or say what its key did before."""
        try:
            return self._decided(index, body, key)
        except IdempotentReplay as done:
            return self._replayed(index, done.record)
        except InvoicingError:
            # Another request may have done the item under its key, which is why it is no longer possible.
            now = self._context.now
            if key and (record := self._store.find_idempotency_record(self._account, key, now)):
                return self._replayed(index, record)
            raise

    def _decided(self, index: int, body: I, key: str | None) -> ItemResult:
        """Do an item; a failure counts only if it recurs on fresh reads."""
        try:
            return self._attempt(index, body, key)
        except Unavailable:
            raise
        except InvoicingError:
            self._store.forget()
            return self._attempt(index, body, key)

    def _attempt(self, index: int, body: I, key: str | None) -> ItemResult:
        context = self._context
        attempts = 0

        def start(changes: ChangeSet) -> UnitOfWork:
            nonlocal attempts
            attempts += 1
            if attempts > 1:
                self._store.forget()
            return context.unit_of_work(self._account, changes, self._store)

        def use_case(uow: UnitOfWork) -> ItemResult:
            asked = ApiRequest(
                http=context.request, uow=uow, body=body, api_url=context.api_url, asked_by=context.caller
            )
            result = self._app.perform_item(asked)
            written = exact_json.dumps(result.data).decode()
            return ItemResult(status=result.status, written=written, warnings=tuple(uow.warnings), since=context.now)

        def record(result: ItemResult) -> IdempotencyRecord | None:
            return self._record(key, self._hash_of(index), result.remembered()) if key else None

        return run_use_case(start, use_case, record, patience=self._ends - time.monotonic())

    def _require_room(self, size: int) -> None:
        """`Unavailable` where no time is left, `RequestTooLarge` where the results are as long as they can be."""
        if size > MOST_BYTES:
            raise RequestTooLarge(
                "REQUEST_TOO_LARGE", "The response is full, and nothing was done. Send this item in another request."
            )
        if time.monotonic() >= self._ends:
            raise Unavailable(
                "SERVICE_UNAVAILABLE",
                "No time was left, and nothing was done. Send the request again with the same keys.",
                retry_after=1,
            )

    def _place(self, index: int) -> str:
        return f"{self._app.items}[{index}]"

    # ───────────────────────────────────────────── Keys ──────────────────────────────────────────────

    def _key_of(self, index: int) -> str | None:
        """The key of an item: its own, else one that follows from that of the request, and that no client can send."""
        body = self._bodies[index]
        own = None if isinstance(body, ItemResult) else body.idempotency_key
        return own or (f"{self._key} {index}" if self._key else None)

    def _hash_of(self, index: int) -> str:
        """What makes two items the same: everything but the key and the place."""
        request = self._context.request
        item = self._raw[index]
        content = {**item, "idempotency_key": None} if isinstance(item, dict) else item
        text = f"{request.method} {request.path} item\n{json.dumps(content, default=str)}"
        return hashlib.sha256(text.encode()).hexdigest()

    def _look_up_keys(self) -> None:
        """Read what is known of all keys; `Conflict` when the request's was used with another request."""
        keys = [key for index in range(len(self._raw)) if (key := self._key_of(index))]
        if self._key:
            keys.append(self._key)
        if not keys:
            return
        self._known = self._store.find_idempotency_records(self._account, keys, self._context.now)
        self._first = self._known.get(self._key) if self._key else None
        if self._first and self._first.request_hash != request_hash(self._context.request):
            raise Conflict(
                "IDEMPOTENCY_KEY_REUSED", "This Idempotency-Key was used with another request; send a new key."
            )

    def _require_own_key(self, body: I) -> None:
        if body.idempotency_key and body.idempotency_key == self._key:
            raise Conflict(
                "IDEMPOTENCY_KEY_REUSED",
                "This Idempotency-Key is that of the whole request; give each item a key of its own.",
            )

    def _is_known(self, index: int) -> bool:
        return self._earlier(index, self._key_of(index)) is not None

    def _earlier(self, index: int, key: str | None) -> ItemResult | None:
        """What came of an item before: what was made goes before a failure that the whole request was told."""
        record = self._known.get(key) if key else None
        if record and record.request_hash == self._hash_of(index):
            return self._replayed(index, record)
        failures = self._first.answer["failures"] if self._first else {}
        if found := failures.get(str(index)):
            return ItemResult(status=found["status"], written=found["written"])
        return None

    def _replayed(self, index: int, record: IdempotencyRecord) -> ItemResult:
        """What a record remembers; `Conflict` ``IDEMPOTENCY_KEY_REUSED`` when it is of another item or request."""
        if record.request_hash != self._hash_of(index):
            raise Conflict(
                "IDEMPOTENCY_KEY_REUSED", "This Idempotency-Key was used with another request; send a new key."
            )
        return remembered_result(record)

    def _record(self, key: str, hashed: str, answer: Mapping[str, Any]) -> IdempotencyRecord:
        return IdempotencyRecord(
            account=self._account, key=key, request_hash=hashed, answer=answer, created_at=self._context.now
        )

    # ──────────────────────────────────────────── Answers ────────────────────────────────────────────

    def _failure(self, error: InvoicingError, place: str) -> ItemResult:
        found = error_object(error, self._context.api_url)
        details = [placed(detail, place) for detail in found["details"]]
        if details and error.message == error.details[0].message:
            found["message"] = details[0]["message"]
        return ItemResult(status=status_of(error), written=self._error(found | {"details": details}))

    def _error(self, found: Mapping[str, Any]) -> str:
        stamped = {**found, "request_id": self._context.request_id, "timestamp": timestamp(self._context.now)}
        return exact_json.dumps(stamped).decode()

    def _response(self, results: Sequence[ItemResult]) -> HttpResponse:
        data = {"results": [each.output(index, self._place(index)) for index, each in enumerate(results)]}
        result = Result(status=207, data=data, links={"self": self._app.path, self._app.items: f"/{self._app.items}"})
        context = self._context
        if self._first:
            first = self._first.answer
            answered_at = datetime.fromisoformat(first["answered_at"])
            answer = json_response(result, (), context.api_url, first["request_id"], answered_at)
            return replace(answer, headers={"Idempotent-Replayed": "true"})
        if self._key and all(result.is_final for result in results):
            self._remember(self._key, results)
        return context.envelope(result, ())

    def _remember(self, key: str, results: Sequence[ItemResult]) -> None:
        """Store what failed, as what was made has records of its own: they live as long as this one, or longer.

        Where that cannot be stored, what failed is tried again when the request comes again.
        """
        failures = {
            str(index): {"status": result.status, "written": result.written}
            for index, result in enumerate(results)
            if result.since is None
        }
        answer = {
            "request_id": self._context.request_id,
            "answered_at": self._context.now.isoformat(),
            "failures": failures,
        }
        since = min((result.since for result in results if result.since), default=self._context.now)
        record = self._record(key, request_hash(self._context.request), answer)
        with suppress(InvoicingError):
            self._store.replace_idempotency_record(replace(record, created_at=since))
