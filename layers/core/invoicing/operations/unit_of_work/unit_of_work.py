"""Running of use cases: read, decide and commit once, with retries after write conflicts."""

from collections.abc import Callable
from dataclasses import field, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from invoicing.dataclass import dataclass
from invoicing.domain.access.caller import split_partition
from invoicing.domain.errors import Unavailable, not_found
from invoicing.domain.events.event import Actor, Event, EventType, Resource
from invoicing.domain.test_clocks.reading import TEST_CLOCK, ClockReading
from invoicing.domain.warnings import InputWarning
from invoicing.operations.unit_of_work.backoff import Backoff
from invoicing.operations.unit_of_work.change_set import (
    ChangeSet,
    IdempotencyRecord,
    IdempotentReplay,
    Ref,
    WriteConflict,
)
from invoicing.operations.unit_of_work.ports import NewId, NewSecret, Store

if TYPE_CHECKING:
    from invoicing.operations.lists.query import ListPage, ListQuery

PATIENCE = 20.0
"""Seconds after which a use case with write conflicts gives up: API Gateway waits for 30."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitOfWork:
    """One attempt at one use case for one account (`invoicing.domain.access.caller.partition`).

    ``actor`` causes the events that the use case records. ``clock`` is the account's test clock: what the use case
    writes is written only while the clock is as it was read.
    """

    account: str
    actor: Actor
    real_now: datetime
    store: Store
    new_id: NewId
    new_secret: NewSecret
    clock: ClockReading | None = None
    changes: ChangeSet = field(default_factory=ChangeSet)
    warnings: list[InputWarning] = field(default_factory=list)
    _prefetched: dict[Ref[Any], Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Make the changes depend on the test clock.

        A request has the reading of its key check, so that a retry would meet the same: it is refused instead.
        """
        if self.clock is not None:
            from invoicing.domain.test_clocks.conflicts import clock_moved  # noqa: PLC0415
            from invoicing.domain.test_clocks.test_clock import TestClock  # noqa: PLC0415

            self.changes.has_clock = True
            is_request = self.actor.type == "api_key"
            self.changes.require(
                self.ref(TestClock, TEST_CLOCK), self.clock.version, clock_moved if is_request else None
            )

    @property
    def now(self) -> datetime:
        """The instant of resources and events: that of the test clock where there is one, else ``real_now``.

        ``real_now`` is for what lives outside the data of an account: API keys, links, leases, expiry.
        """
        return self.real_now if self.clock is None else self.clock.now

    @property
    def at_once(self) -> datetime:
        """An instant that has come: by a test clock, and still by real time should the clock be deleted."""
        return min(self.now, self.real_now)

    def ref[E](self, kind: type[E], identifier: str) -> Ref[E]:
        """Return the reference of an entity of this account."""
        return Ref(kind, self.account, identifier)

    def prefetch(self, *entities: tuple[type, str]) -> None:
        """Read several entities in one request; `get` and `find` then return them without another."""
        refs: list[Ref[Any]] = [self.ref(kind, identifier) for kind, identifier in entities]
        self._prefetched.update(zip(refs, self.store.find_together(*refs), strict=True))

    def find[E](self, kind: type[E], identifier: str) -> E | None:
        """Return an entity, or None; one request, unless it was prefetched."""
        ref = self.ref(kind, identifier)
        if ref in self._prefetched:
            found: E | None = self._prefetched[ref]
            return found
        return self.store.find(ref)

    def get[E](self, kind: type[E], identifier: str) -> E:
        """Return an entity; `NotFound` with a code such as ``INVOICE_NOT_FOUND`` when it does not exist."""
        found = self.find(kind, identifier)
        if found is None:
            raise not_found(kind.__name__, identifier)
        return found

    def page_of[E](self, kind: type[E], query: "ListQuery", *along: tuple[type, str]) -> "ListPage[E]":
        """Return one page of a list; `InvalidRequest` as `Store.page_of`.

        With a page that is not empty, entities ``along`` are prefetched in the same request.
        """
        page = self.store.page_of(kind, self.account, query, [self.ref(*entity) for entity in along])
        self._prefetched.update(page.along)
        return page

    def record[R: Resource](self, event_type: EventType[R], resource: R, **about: Any) -> None:
        """Record an event of a resource after its change; ``about`` is what only this event knows.

        The event is written in the transaction of the change. Its sequence follows that of the resource's last event; a
        resource without another change is saved for its sequence, and keeps its version.
        """
        self.changes.record(
            resource,
            lambda sequence: Event(
                account=resource.account,
                id=self.new_id("evt"),
                type=event_type.name,
                resource_id=resource.id,
                sequence=sequence,
                actor=self.actor,
                occurred_at=self.now,
                data=event_type.summary(resource, **about),
            ),
        )

    def warn(self, about: str, code: str, message: str) -> None:
        """Warn the client of a field, by its path, that is accepted and doubtful."""
        self.warnings.append(InputWarning(about, code, message))

    def by_test_clock(self) -> "UnitOfWork":
        """Return this attempt, which began in real time, with the time of the account's test clock, if it has one."""
        return replace(self, clock=find_clock(self.store, self.account))

    def begin(self, changes: ChangeSet) -> "UnitOfWork":
        """Begin another attempt of a reaction, which has read nothing yet but the test clock."""
        clock = self.clock and find_clock(self.store, self.account)
        return replace(self, changes=changes, clock=clock, warnings=[], _prefetched={})


def find_clock(store: Store, account: str) -> ClockReading | None:
    """Return the test clock of an account, None without one; one request in test mode, none in live mode."""
    if split_partition(account)[1] == "live":
        return None
    from invoicing.domain.test_clocks.test_clock import TestClock  # noqa: PLC0415

    clock = store.find(Ref(TestClock, account, TEST_CLOCK))
    return clock.reading if clock else None


def run_use_case[R](
    start: Callable[[ChangeSet], UnitOfWork],
    use_case: Callable[[UnitOfWork], R],
    idempotency_record: Callable[[R], IdempotencyRecord | None] = lambda _: None,
    *,
    patience: float | None = None,
) -> R:
    """Run a use case and commit its changes, together with the idempotency record of its result.

    After a write conflict it backs off and is retried; `Unavailable` when ``patience`` seconds, else `PATIENCE`, run
    out. A use case that reads twice may raise `WriteConflict` itself when the second read shows that the first is
    outdated.
    """
    outdated: frozenset[Ref[Any]] = frozenset()
    backoff: Backoff | None = None
    while True:
        uow = start(ChangeSet(outdated))
        try:
            result = use_case(uow)
            record = idempotency_record(result)
            if uow.changes:
                uow.store.commit(uow.changes, record)
            elif record:
                _require_first(uow.store, record)
        except WriteConflict as conflict:
            outdated |= conflict.outdated
            backoff = backoff or Backoff(uow.store, PATIENCE if patience is None else patience)
            if not backoff.wait(conflict.contended):
                message = "Too many concurrent changes. Retry the request with the same Idempotency-Key."
                raise Unavailable("SERVICE_UNAVAILABLE", message, retry_after=round(PATIENCE / 2)) from conflict
        else:
            return result


def _require_first(store: Store, record: IdempotencyRecord) -> None:
    """Raise `IdempotentReplay` when the key was used before: nothing may be left to do because it was done then."""
    if used := store.find_idempotency_record(record.account, record.key, record.created_at):
        raise IdempotentReplay(used)
