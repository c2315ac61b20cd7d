"""Stand-ins for what lies outside the use cases; `storage/test_store_contract.py` holds the store to the real one."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, cast

from invoicing.domain.access import HOUR, Caller
from invoicing.domain.api_key import ApiKey
from invoicing.domain.errors import Unauthenticated
from invoicing.domain.events import Event
from invoicing.domain.invoice import Invoice
from invoicing.domain.ledger import Credit, Entry, Owed
from invoicing.domain.lifecycle import is_issued
from invoicing.domain.numbering import NumberReservation, NumberSeries
from invoicing.domain.page import PageLink
from invoicing.domain.party import Account
from invoicing.operations.changes import AlreadyDone, ChangedMeanwhile, Changes, Mark, Ref, Remove, Save
from invoicing.operations.listing import Listed, ListQuery
from invoicing.operations.ports import MailDeferred, MailRefused, Store
from invoicing.operations.work import Work, carry_out
from tests.builders import ACCOUNT, NOW, Ids
from tests.reference_lists import reference_page

MARKS_KEPT = timedelta(hours=24)


class FakeStore:
    """Keeps everything in memory: checks all conditions, then writes all or nothing."""

    def __init__(self) -> None:
        self.things: dict[tuple[type, str, str], Any] = {}
        self.events: dict[tuple[str, str], Event] = {}
        self.marks: dict[tuple[str, str], Mark] = {}
        self.lines: dict[Ref[NumberSeries], float] = {}
        self.commits = 0
        self.reads = 0
        self._meanwhile: list[Callable[[], object]] = []

    def before_next_commit(self, act: Callable[[], object]) -> None:
        """Let another request come in between: ``act`` runs once, after the use case has read."""
        self._meanwhile.append(act)

    def find[A](self, ref: Ref[A]) -> A | None:
        self.reads += 1
        found: A | None = self.things.get(_key(ref))
        return found

    def find_together(self, *refs: Ref[Any]) -> tuple[Any, ...]:
        self.reads += 1
        assert len({_key(ref) for ref in refs}) == len(refs) <= 100, "DynamoDB takes up to 100 different keys"
        return tuple(self.things.get(_key(ref)) for ref in refs)

    def find_mark(self, account: str, key: str, now: datetime) -> Mark | None:
        mark = self.marks.get((account, key))
        return mark if mark and now < mark.created_at + MARKS_KEPT else None

    def commit(self, changes: Changes, mark: Mark | None = None) -> None:
        while self._meanwhile:
            self._meanwhile.pop(0)()
        if mark and (used := self.find_mark(mark.account, mark.key, mark.created_at)):
            raise AlreadyDone(used)
        failed = [save for save in changes.saves if not self._can(save)]
        for save in failed:
            if save.otherwise:
                raise save.otherwise(self.things[_key(_ref(save))])
        outdated = {need.ref for need in changes.requires if self._version(need.ref) != need.version}
        outdated |= {_ref(save) for save in failed}
        outdated |= {ref for remove in changes.removes if self._version(ref := _ref(remove)) != remove.entity.version}
        if outdated:
            raise ChangedMeanwhile(frozenset(outdated))
        if mark:
            self.marks[mark.account, mark.key] = mark
        for remove in changes.removes:
            del self.things[_key(_ref(remove))]
        self.things |= {_key(_ref(save)): save.entity for save in changes.saves}
        self.events |= {(event.account, event.id): event for event in changes.events}
        self.commits += 1

    def page_of[A](self, kind: type[A], account: str, query: ListQuery) -> Listed[A]:
        things = self.events.values() if kind is Event else self.all(kind)
        return reference_page([cast(Any, thing) for thing in things if cast(Any, thing).account == account], query)

    def page_among[A](self, kind: type[A], account: str, ids: Sequence[str], query: ListQuery) -> Listed[A]:
        things = (self.things.get((kind, account, identifier)) for identifier in ids)
        return reference_page([thing for thing in things if thing is not None], query)

    def take_slot(self, series: Ref[NumberSeries], *, now: float, latest: float, length: float) -> float | None:
        free = max(now, self.lines.get(series, now))
        if free > latest:
            return None
        self.lines[series] = free + length
        return free

    def keep(self, *entities: Any) -> None:
        """Put things there, whatever was before."""
        self.things |= {_key(Ref(type(entity), entity.account, entity.id)): entity for entity in entities}

    def all[A](self, kind: type[A]) -> list[A]:
        return [thing for (of, _, _), thing in sorted(self.things.items(), key=_by_id) if of is kind]

    def event_types(self) -> list[str]:
        return [self.events[key].type for key in sorted(self.events)]

    def _can(self, save: Save) -> bool:
        version = self._version(_ref(save))
        return version is None if save.entity.version == 1 else version == save.entity.version - 1

    def _version(self, ref: Ref[Any]) -> int | None:
        thing = self.things.get(_key(ref))
        return None if thing is None else thing.version


def _ref(change: Save | Remove) -> Ref[Any]:
    return Ref(type(change.entity), change.entity.account, change.entity.id)


def _key(ref: Ref[Any]) -> tuple[type, str, str]:
    """A page is found by its token alone; an account has one profile."""
    if ref.kind is PageLink:
        return PageLink, "", ref.id
    return (Account, ref.account, "profile") if ref.kind is Account else (ref.kind, ref.account, ref.id)


def _by_id(item: tuple[tuple[type, str, str], Any]) -> tuple[str, str]:
    return item[0][1:]


class FakeNumbers:
    """The numbers that are taken in a store in memory."""

    def __init__(self, store: FakeStore) -> None:
        self._store = store

    def of(self, account: str, most: int) -> list[NumberReservation]:
        return [taken for taken in self._store.all(NumberReservation) if taken.account == account][:most]


class FakeLedger:
    """What customers owe, in a store in memory."""

    def __init__(self, store: FakeStore) -> None:
        self._store = store

    def entries(
        self, account: str, customer_id: str, currency: str, start: date | None, end: date | None
    ) -> list[Entry]:
        found = [
            entry
            for entry in self._store.all(Entry)
            if (entry.account, entry.customer_id, entry.currency) == (account, customer_id, currency)
            and (start or date.min) <= entry.date <= (end or date.max)
        ]
        return sorted(found, key=lambda entry: (entry.date, entry.id))

    def credits(self, account: str, customer_id: str) -> list[Credit]:
        found = self._store.all(Credit)
        return [credit for credit in found if (credit.account, credit.customer_id) == (account, customer_id)]

    def owed(self, account: str, customer_id: str, currency: str = "") -> list[Owed]:
        found = [
            (invoice.currency, invoice.due_date, invoice.created_at, invoice.id, invoice.amount_due)
            for invoice in self._store.all(Invoice)
            if (invoice.account, invoice.buyer.id) == (account, customer_id)
            and is_issued(invoice)
            and invoice.amount_due
            and currency in {"", invoice.currency}
        ]
        return [
            Owed(invoice_id=invoice_id, currency=of, due_date=due, amount_due=amount)
            for of, due, _, invoice_id, amount in sorted(found)
        ]


class FakeDocuments:
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
        self.taken: list[tuple[bytes, tuple[str, ...]]] = []
        self.next_outcomes: list[Exception] = []
        self.while_sending: Callable[[], object] = lambda: None

    def send(self, message: bytes, recipients: tuple[str, ...]) -> str:
        self.while_sending()
        outcome = self.next_outcomes.pop(0) if self.next_outcomes else None
        if not isinstance(outcome, (MailRefused, MailDeferred)):
            self.taken.append((message, recipients))
        if outcome:
            raise outcome
        return f"message-{len(self.taken)}"


class FakeApiKeys:
    """Keys without a limit; those that use cases save in ``store`` are keys too."""

    def __init__(self, store: FakeStore | None = None) -> None:
        self.keys: dict[str, ApiKey] = {}
        self._store = store or FakeStore()

    def of(self, account: str) -> list[ApiKey]:
        keys = self.keys | {key.hash: key for key in self._store.all(ApiKey)}
        return [key for key in keys.values() if key.account == account]

    def find(self, account: str, key_id: str) -> ApiKey | None:
        return next((key for key in self.of(account) if key.id == key_id), None)

    def add(self, key: ApiKey) -> None:
        self.keys[key.hash] = key

    def use(self, key_hash: str, now: datetime) -> Caller:
        key = self.keys.get(key_hash)
        if key is None:
            raise Unauthenticated("invalid_api_key", "No such API key.")
        return Caller(
            account=key.account,
            key_id=key.id,
            mode=key.mode,
            scopes=frozenset(key.scopes),
            requests_per_hour=key.requests_per_hour,
            requests_used=1,
            window_ends=(int(now.timestamp()) // HOUR + 1) * HOUR,
        )


@dataclass
class Office:
    """Carries out use cases for one account, at an instant that tests set."""

    store: Store
    account: str = ACCOUNT
    now: datetime = NOW
    ids: Ids = field(default_factory=Ids)

    def work(self, changes: Changes | None = None) -> Work:
        """One attempt."""
        return Work(
            account=self.account,
            now=self.now,
            store=self.store,
            new_id=self.ids.new_id,
            new_secret=self.ids.new_secret,
            changes=Changes() if changes is None else changes,
        )

    def carry_out[R](self, use_case: Callable[[Work], R], mark: Callable[[R], Mark | None] = lambda _: None) -> R:
        """As the HTTP side does it: anew after a collision."""
        return carry_out(self.work, use_case, mark)
