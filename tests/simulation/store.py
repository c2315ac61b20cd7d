"""The store and what is read beside it, as requests to the simulated AWS."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from invoicing.domain.access.api_key import ApiKey
from invoicing.domain.access.caller import Caller
from invoicing.domain.due_work import DueEntry
from invoicing.domain.errors import Unavailable
from invoicing.domain.events.event import Event
from invoicing.domain.ledger.entry import LedgerEntry, OpenItem
from invoicing.domain.numbering.audit import AssignedNumber
from invoicing.domain.numbering.series import NumberSeries
from invoicing.domain.payments.credit_payout import CreditPayout
from invoicing.operations.lists.query import ListPage, ListQuery
from invoicing.operations.unit_of_work.change_set import ChangeSet, IdempotencyRecord, Ref, WriteConflict, ref_of
from tests.fake_api_keys import FakeApiKeys
from tests.fake_due_work import FakeDueWork
from tests.fake_event_log import FakeEventLog
from tests.fakes import FakeLedger, FakeNumbers, FakeStore
from tests.simulation.aws import Aws
from tests.simulation.history import History

FURTHEST_BEHIND = timedelta(seconds=3)
"""How old an index can be."""

SETTLED = 1.7
"""Seconds that a transaction with events takes at most: with the clocks of two processes, less than they settle in."""


class SimulatedStore:
    """The store in memory behind requests; ``on_commit`` gets the changes of each transaction."""

    def __init__(self, aws: Aws, on_commit: Callable[[ChangeSet], None]) -> None:
        self.memory = FakeStore()
        self.history = History()
        self._aws = aws
        self._on_commit = on_commit
        self._before: deque[tuple[datetime, dict[Any, Any]]] = deque()

    def find[A](self, ref: Ref[A]) -> A | None:
        return self._ask(f"GetItem {_name(ref)}", lambda: self.memory.find(ref))

    def find_together(self, *refs: Ref[Any]) -> tuple[Any, ...]:
        """Read each item at an instant of its own, as BatchGetItem does."""
        self.memory.find_together(*refs)  # it refuses what DynamoDB refuses
        names = " ".join(map(_name, refs))
        return self._ask(f"BatchGetItem {names}", lambda: tuple(map(self._in_turn, refs))) if refs else ()

    def find_idempotency_record(self, account: str, key: str, now: datetime) -> IdempotencyRecord | None:
        return self._ask(f"GetItem idempotency {key}", lambda: self.memory.find_idempotency_record(account, key, now))

    def find_idempotency_records(
        self, account: str, keys: Sequence[str], now: datetime
    ) -> dict[str, IdempotencyRecord]:
        find = self.memory.find_idempotency_records
        return self._ask(f"BatchGetItem idempotency {' '.join(keys)}", lambda: find(account, keys, now))

    def replace_idempotency_record(self, record: IdempotencyRecord) -> None:
        replace = self.memory.replace_idempotency_record
        self._ask(f"PutItem idempotency {record.key}", lambda: replace(record))

    def commit(self, changes: ChangeSet, idempotency_record: IdempotencyRecord | None = None) -> None:
        names = "".join(f" {_name(ref_of(save.entity))}" for save in changes.saves)
        events = "".join(f" +{event.type}" for event in changes.events)
        request = f"TransactWriteItems{names}{events}"
        slow = (self._aws.faults.slow_commit, SETTLED) if events else None
        ask_database(self._aws, request, lambda: self._write(changes, idempotency_record), slow)

    def page_of[A](self, kind: type[A], account: str, query: ListQuery, along: Sequence[Ref[Any]] = ()) -> ListPage[A]:
        return self._ask(f"Query {kind.__name__}", lambda: self.index().page_of(kind, account, query, along))

    def page_among[A](self, kind: type[A], account: str, ids: Sequence[str], query: ListQuery) -> ListPage[A]:
        return self._ask(f"BatchGetItem {kind.__name__}", lambda: self.memory.page_among(kind, account, ids, query))

    def reserve_slot(self, series: Ref[NumberSeries], *, now: float, latest: float, length: float) -> float | None:
        return self._ask(
            f"UpdateItem {_name(series)}",
            lambda: self.memory.reserve_slot(series, now=now, latest=latest, length=length),
        )

    def index(self) -> FakeStore:
        """What an index shows: the entities as they are, or as they were."""
        world = self._aws.world
        while self._before and self._before[0][0] < world.now - FURTHEST_BEHIND:
            self._before.popleft()
        if not self._before or not world.chance(self._aws.faults.stale):
            return self.memory
        found = FakeStore()
        found.entities, found.events = world.random.choice(self._before)[1], self.memory.events
        found.of_clocks = self.memory.of_clocks
        return found

    def _write(self, changes: ChangeSet, idempotency_record: IdempotencyRecord | None) -> None:
        world = self._aws.world
        if world.chance(self._aws.faults.contention):
            world.note("another transaction is under way")
            raise WriteConflict(written=frozenset(ref_of(save.entity) for save in changes.saves))
        before = dict(self.memory.entities)
        self.memory.commit(changes, idempotency_record)
        self._before.append((world.now, before))
        self.history.add(world.now, changes)
        self._on_commit(changes)

    def _in_turn(self, ref: Ref[Any]) -> Any:
        if self._aws.world.chance(0.05):
            self._aws.world.sleep(0.002)
        return self.memory.find(ref)

    def _ask[R](self, name: str, effect: Callable[[], R]) -> R:
        return ask_database(self._aws, name, effect)


class SimulatedLedger(FakeLedger):
    """The ledger in the simulated store; open items come from an index."""

    def __init__(self, store: SimulatedStore, aws: Aws) -> None:
        super().__init__(store.memory)
        self._simulated = store
        self._aws = aws

    def entries(self, *customer: Any, **options: Any) -> list[LedgerEntry]:
        read = super().entries
        return ask_database(self._aws, "Query ledger", lambda: read(*customer, **options))

    def credit_payouts(self, account: str, customer_id: str) -> list[CreditPayout]:
        read = super().credit_payouts
        return ask_database(self._aws, "Query credit payouts", lambda: read(account, customer_id))

    def due_first(self, account: str, customer_id: str, currency: str, at_a_time: int) -> Iterator[OpenItem]:
        def read() -> list[OpenItem]:
            return list(FakeLedger(self._simulated.index()).due_first(account, customer_id, currency, at_a_time))

        yield from ask_database(self._aws, "Query open items", read)


class SimulatedDueWork:
    """The index of due work, which is behind as all indexes are."""

    def __init__(self, store: SimulatedStore, aws: Aws) -> None:
        self._store = store
        self._aws = aws

    def due(self, until: datetime) -> Iterator[Sequence[DueEntry]]:
        yield from self._ask("Query due work", lambda index: list(index.due(until)))

    def of_clock(self, account: str, until: datetime) -> Iterator[DueEntry]:
        yield from self._ask("Query due work of a clock", lambda index: list(index.of_clock(account, until)))

    def entry_of(self, entity: Any) -> DueEntry | None:
        return FakeDueWork(self._store.memory).entry_of(entity)

    def entries_of(self, account: str, ids: Iterable[str]) -> Iterator[DueEntry]:
        index = FakeDueWork(self._store.memory)
        yield from ask_database(self._aws, "BatchGetItem due work", lambda: list(index.entries_of(account, ids)))

    def outside_clock(self, account: str, until: datetime) -> Iterator[Sequence[DueEntry]]:
        yield from self._ask(
            "Query due work outside the clock", lambda index: list(index.outside_clock(account, until))
        )

    def move(self, entry: DueEntry, *, to_clock: bool) -> None:
        index = FakeDueWork(self._store.memory)
        ask_database(self._aws, f"UpdateItem {entry.id}", lambda: index.move(entry, to_clock=to_clock))

    def _ask[R](self, name: str, read: Callable[[FakeDueWork], R]) -> R:
        return ask_database(self._aws, name, lambda: read(FakeDueWork(self._store.index())))


class SimulatedApiKeys(FakeApiKeys):
    """The keys in the simulated store, of which an index has those of an account."""

    def __init__(self, store: SimulatedStore, aws: Aws) -> None:
        super().__init__(store.memory)
        self._simulated = store
        self._aws = aws

    def of(self, account: str) -> list[ApiKey]:
        def read() -> list[ApiKey]:
            known = {key.id for key in FakeApiKeys(self._simulated.index()).of(account)}
            return [key for key in super(SimulatedApiKeys, self).of(account) if key.id in known]

        return ask_database(self._aws, "Query keys", read)

    def find(self, account: str, key_id: str) -> ApiKey | None:
        return next((key for key in self.of(account) if key.id == key_id), None)

    def use(self, key_hash: str, now: datetime) -> Caller:
        use = super().use
        return ask_database(self._aws, "UpdateItem key", lambda: use(key_hash, now))


class SimulatedEventLog(FakeEventLog):
    """The log of events in the simulated store, a request for each page."""

    def __init__(self, store: SimulatedStore, aws: Aws) -> None:
        super().__init__(store.memory)
        self._aws = aws

    def between(
        self, account: str, above: str, below: str, *, newest_first: bool, at_a_time: int, **asked: Any
    ) -> Iterator[Event]:
        between = super().between
        while True:
            found = between(account, above, below, newest_first=newest_first, at_a_time=at_a_time, **asked)
            page = ask_database(self._aws, "Query events", lambda found=found: list(islice(found, at_a_time)))  # type: ignore[misc]
            yield from page
            if len(page) < at_a_time:
                return
            above, below = (above, page[-1].id) if newest_first else (page[-1].id, below)


class SimulatedNumbers:
    """The numbers in the simulated store, read from an index."""

    def __init__(self, store: SimulatedStore, aws: Aws) -> None:
        self._store = store
        self._aws = aws

    def assigned(self, *within: Any, **asked: Any) -> list[AssignedNumber]:
        return ask_database(
            self._aws, "Query numbers", lambda: FakeNumbers(self._store.index()).assigned(*within, **asked)
        )


def ask_database[R](aws: Aws, name: str, effect: Callable[[], R], slow: tuple[float, float] | None = None) -> R:
    """Make a request to DynamoDB.

    The transport sends it again when an answer is lost, and a transaction with the same token, so what is left of these
    faults for a use case is `Unavailable`, with or without an effect.
    """
    return aws.request(name, effect, refused=_unavailable, answer_lost=_unavailable, slow=slow)


def _unavailable() -> Unavailable:
    return Unavailable("SERVICE_UNAVAILABLE", "A service is temporarily unavailable.")


def _name(ref: Ref[Any]) -> str:
    return f"{ref.kind.__name__}/{ref.id}"
