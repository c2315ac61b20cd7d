"""Stand-ins for what lies outside the use cases; `storage/test_store_contract.py` holds the store to the real one."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any, cast

from invoicing.domain.events.event import Event
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.invoices.lifecycle import is_issued
from invoicing.domain.invoices.page_link import PageLink
from invoicing.domain.ledger.entry import LedgerEntry, OpenItem
from invoicing.domain.numbering.audit import AssignedNumber
from invoicing.domain.numbering.series import NumberReservation, NumberSeries
from invoicing.domain.parties.account import Account
from invoicing.domain.payments.credit_payout import CreditPayout
from invoicing.domain.portal.portal_link import PortalToken
from invoicing.identifiers import first_id
from invoicing.operations.lists.query import ListPage, ListQuery
from invoicing.operations.unit_of_work.change_set import (
    ChangeSet,
    IdempotencyRecord,
    IdempotentReplay,
    Ref,
    Save,
    WriteConflict,
    ref_of,
)
from invoicing.operations.unit_of_work.ports import MailDeferred, MailRefused
from tests.event_schemas import assert_documented
from tests.reference_lists import has_cursors, reference_page

IDEMPOTENCY_KEPT = timedelta(hours=24)


class FakeStore:
    """Keeps everything in memory: checks all conditions, then writes all or nothing."""

    def __init__(self) -> None:
        self.entities: dict[tuple[type, str, str], Any] = {}
        self.events: dict[tuple[str, str], Event] = {}
        self.idempotency_records: dict[tuple[str, str], IdempotencyRecord] = {}
        self.lines: dict[Ref[NumberSeries], float] = {}
        self.of_clocks: set[tuple[type, str, str]] = set()
        self.commits = 0
        self.reads = 0
        self._before_commit: list[Callable[[], object]] = []

    def before_next_commit(self, act: Callable[[], object]) -> None:
        """Let another request come in between: ``act`` runs once, after the use case has read."""
        self._before_commit.append(act)

    def find[A](self, ref: Ref[A]) -> A | None:
        self.reads += 1
        found = self.events.get((ref.account, ref.id)) if ref.kind is Event else self.entities.get(_key(ref))
        return cast("A | None", found)

    def find_together(self, *refs: Ref[Any]) -> tuple[Any, ...]:
        self.reads += 1
        assert len({_key(ref) for ref in refs}) == len(refs) <= 100, "DynamoDB takes up to 100 different keys"
        return tuple(self.entities.get(_key(ref)) for ref in refs)

    def find_idempotency_record(self, account: str, key: str, now: datetime) -> IdempotencyRecord | None:
        record = self.idempotency_records.get((account, key))
        return record if record and now < record.created_at + IDEMPOTENCY_KEPT else None

    def find_idempotency_records(
        self, account: str, keys: Sequence[str], now: datetime
    ) -> dict[str, IdempotencyRecord]:
        found = {key: self.find_idempotency_record(account, key, now) for key in keys}
        return {key: record for key, record in found.items() if record}

    def replace_idempotency_record(self, record: IdempotencyRecord) -> None:
        self.idempotency_records[record.account, record.key] = record

    def commit(self, changes: ChangeSet, idempotency_record: IdempotencyRecord | None = None) -> None:
        while self._before_commit:
            self._before_commit.pop(0)()
        record = idempotency_record
        if record and (used := self.find_idempotency_record(record.account, record.key, record.created_at)):
            raise IdempotentReplay(used)
        saves = changes.saves
        _assert_each_once(changes, saves)
        failed = [save for save in saves if not self._can(save)]
        for save in failed:
            if save.on_conflict:
                raise save.on_conflict(self.entities[_key(ref_of(save.entity))])
        outdated = self._unmet(changes)
        outdated |= {ref_of(save.entity) for save in failed}
        removed = [remove.entity for remove in changes.removes]
        outdated |= {ref_of(entity) for entity in removed if self._state(ref_of(entity)) != _state_of(entity)}
        if outdated:
            raise WriteConflict(frozenset(outdated))
        if record:
            self.idempotency_records[record.account, record.key] = record
        for entity in removed:
            del self.entities[_key(ref_of(entity))]
        self.entities |= {_key(ref_of(save.entity)): save.entity for save in saves}
        written = {_key(ref_of(save.entity)) for save in saves}
        self.of_clocks = self.of_clocks | written if changes.has_clock else self.of_clocks - written
        assert_documented(*changes.events)
        self.events |= {(event.account, event.id): event for event in changes.events}
        self.commits += 1

    def page_of[A](self, kind: type[A], account: str, query: ListQuery, along: Sequence[Ref[Any]] = ()) -> ListPage[A]:
        entities = self.events.values() if kind is Event else self.all(kind)
        own = [cast(Any, entity) for entity in entities if cast(Any, entity).account == account]
        page = reference_page(own, query)
        if not has_cursors(kind, account, query, own):
            page = replace(page, next_cursor=None, previous_cursor=None)
        return replace(page, along={ref: self.entities.get(_key(ref)) for ref in along if page.items})

    def page_among[A](self, kind: type[A], account: str, ids: Sequence[str], query: ListQuery) -> ListPage[A]:
        entities = (self.entities.get((kind, account, identifier)) for identifier in ids)
        return reference_page([entity for entity in entities if entity is not None], query)

    def reserve_slot(self, series: Ref[NumberSeries], *, now: float, latest: float, length: float) -> float | None:
        free = max(now, self.lines.get(series, now))
        if free > latest:
            return None
        self.lines[series] = free + length
        return free

    def keep(self, *entities: Any) -> None:
        """Put entities there, whatever was before."""
        self.entities |= {_key(ref_of(entity)): entity for entity in entities}

    def all[A](self, kind: type[A]) -> list[A]:
        found = [item for item in self.entities.items() if item[0][0] is kind]
        return [entity for _, entity in sorted(found, key=_by_id)]

    def event_types(self) -> list[str]:
        return [self.events[key].type for key in sorted(self.events)]

    def _unmet(self, changes: ChangeSet) -> set[Ref[Any]]:
        unmet = [need for need in changes.requires if (self._version(need.ref) or 0) != need.version]
        for refused in (need.on_conflict() for need in unmet if need.on_conflict):
            raise refused
        return {need.ref for need in unmet}

    def _can(self, save: Save) -> bool:
        if save.version_before == 0:
            return self._version(ref_of(save.entity)) is None
        return self._state(ref_of(save.entity)) == (save.version_before, save.sequence_before)

    def _version(self, ref: Ref[Any]) -> int | None:
        entity = self.entities.get(_key(ref))
        return None if entity is None else entity.version

    def _state(self, ref: Ref[Any]) -> tuple[int, int | None] | None:
        entity = self.entities.get(_key(ref))
        return None if entity is None else _state_of(entity)


def _state_of(entity: Any) -> tuple[int, int | None]:
    return entity.version, getattr(entity, "sequence", None)


def _assert_each_once(changes: ChangeSet, saves: Sequence[Save]) -> None:
    """DynamoDB refuses a transaction with two operations on one item."""
    written = [
        *(_key(need.ref) for need in changes.requires),
        *(_key(ref_of(remove.entity)) for remove in changes.removes),
        *(_key(ref_of(save.entity)) for save in saves),
    ]
    assert len(set(written)) == len(written), "two operations on one item"


def _key(ref: Ref[Any]) -> tuple[type, str, str]:
    """A page or portal is found by its token alone; an account has one profile."""
    if ref.kind in {PageLink, PortalToken}:
        return ref.kind, "", ref.id
    return (Account, ref.account, "profile") if ref.kind is Account else (ref.kind, ref.account, ref.id)


def _by_id(item: tuple[tuple[type, str, str], Any]) -> tuple[str, str]:
    return item[0][1:]


class FakeNumbers:
    """The numbers that are assigned in a store in memory; ``late`` are those that are not read yet."""

    def __init__(self, store: FakeStore) -> None:
        self._store = store
        self.late: set[str] = set()

    def assigned(
        self, account: str, within: Sequence[tuple[str, ...]], *, after: AssignedNumber | None, most: int
    ) -> list[AssignedNumber]:
        taken = [each for each in self._store.all(NumberReservation) if each.account == account]
        numbers = [
            AssignedNumber(each.series, each.period, each.value or 0, each.id, each.issue_date)
            for each in taken
            if each.id not in self.late and any((each.series, each.period)[: len(part)] == part for part in within)
        ]
        numbers = [each for each in numbers if after is None or each.place > after.place]
        return sorted(numbers, key=lambda each: (each.place, each.issue_date or date.min))[:most]


class FakeLedger:
    """What customers owe, in a store in memory."""

    def __init__(self, store: FakeStore) -> None:
        self._store = store

    def entries(
        self,
        account: str,
        customer_id: str,
        *,
        recorded_after: str = "",
        recorded_before: datetime | None = None,
        dated_from: date | None = None,
        until: date | None = None,
        most: int | None = None,
    ) -> list[LedgerEntry]:
        before = first_id("ent", recorded_before) if recorded_before else "~"
        return [
            entry
            for entry in self._store.all(LedgerEntry)
            if (entry.account, entry.customer_id) == (account, customer_id)
            and (entry.id > recorded_after or entry.date >= (dated_from or date.max))
            and entry.date <= (until or date.max)
            and entry.id < before
        ][:most]

    def latest(self, account: str, customer_id: str, currency: str, most: int) -> list[LedgerEntry]:
        entries = sorted(self.entries(account, customer_id), key=lambda entry: (entry.date, entry.id))
        return [entry for entry in entries[::-1][:most] if entry.currency == currency]

    def page(self, account: str, customer_id: str, query: ListQuery) -> ListPage[LedgerEntry]:
        return reference_page(self.entries(account, customer_id), query)

    def credit_payouts(self, account: str, customer_id: str) -> list[CreditPayout]:
        found = self._store.all(CreditPayout)
        return [payout for payout in found if (payout.account, payout.customer_id) == (account, customer_id)][::-1]

    def due_first(self, account: str, customer_id: str, currency: str, at_a_time: int) -> Iterator[OpenItem]:
        assert at_a_time > 0
        found = [
            (invoice.due_date, invoice.created_at, invoice.id, invoice.amount_due)
            for invoice in self._store.all(Invoice)
            if (invoice.account, invoice.buyer.id, invoice.currency) == (account, customer_id, currency)
            and is_issued(invoice)
            and invoice.amount_due
        ]
        for due, _, invoice_id, amount in sorted(found):
            yield OpenItem(invoice_id=invoice_id, currency=currency, due_date=due, amount_due=amount)


class FakeObjectStore:
    """Keeps documents in memory, each written once."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def fetch(self, name: str) -> bytes | None:
        return self.kept.get(name)

    def keep(self, name: str, content: bytes) -> bytes:
        return self.kept.setdefault(name, content)

    def link(self, name: str, file_name: str, seconds: int) -> str:
        return f"https://documents.example/{name}?as={file_name}&for={seconds}"


class Crash(Exception):
    """The process died here."""


class FakeMailer:
    """A mail service that does what ``next_outcomes`` says, one for each call, and else takes every message.

    An exception that means the message was not taken (`MailRefused`, `MailDeferred`) keeps it from `taken`; with
    any other, `Crash` and `MailUnconfirmed` among them, the message is taken and only the answer is lost.
    """

    def __init__(self) -> None:
        self.taken: list[tuple[bytes, str]] = []
        self.tags: list[dict[str, str]] = []
        self.next_outcomes: list[Exception | None] = []
        self.while_sending: Callable[[], object] = lambda: None

    def send(self, message: bytes, recipient: str, tags: Mapping[str, str]) -> str:
        self.while_sending()
        outcome = self.next_outcomes.pop(0) if self.next_outcomes else None
        if not isinstance(outcome, (MailRefused, MailDeferred)):
            self.taken.append((message, recipient))
            self.tags.append(dict(tags))
        if outcome:
            raise outcome
        return f"message-{len(self.taken)}"
