"""Ports of the use cases; `storage`, `objects` and `messaging` implement them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Protocol, overload

from invoicing.dataclass import dataclass

if TYPE_CHECKING:
    from invoicing.domain.access.api_key import ApiKey
    from invoicing.domain.access.caller import Caller
    from invoicing.domain.due_work import DueEntry
    from invoicing.domain.events.event import Event
    from invoicing.domain.ledger.entry import LedgerEntry, OpenItem
    from invoicing.domain.numbering.audit import AssignedNumber
    from invoicing.domain.numbering.series import NumberSeries
    from invoicing.domain.payments.credit_payout import CreditPayout
    from invoicing.operations.lists.query import ListPage, ListQuery
    from invoicing.operations.unit_of_work.change_set import ChangeSet, IdempotencyRecord, Ref


NewId = Callable[[str], str]
"""Makes an identifier that sorts by time, from its prefix: ``new_id("inv")`` is ``inv_01J…``."""

NewSecret = Callable[[], str]
"""Makes an unguessable text of at least 128 bits, safe in a URL."""


class Store(Protocol):
    """Reads entities strongly consistent, and writes all changes of a use case or none."""

    def find[A](self, ref: Ref[A]) -> A | None:
        """Return an entity, or None; one request."""

    @overload
    def find_together[A, B](self, first: Ref[A], second: Ref[B], /) -> tuple[A | None, B | None]: ...
    @overload
    def find_together[A, B, C](
        self, first: Ref[A], second: Ref[B], third: Ref[C], /
    ) -> tuple[A | None, B | None, C | None]: ...
    @overload
    def find_together[A, B, C, D](
        self, first: Ref[A], second: Ref[B], third: Ref[C], fourth: Ref[D], /
    ) -> tuple[A | None, B | None, C | None, D | None]: ...
    @overload
    def find_together[A](self, *refs: Ref[A]) -> tuple[A | None, ...]: ...
    def find_together(self, *refs: Ref[Any]) -> tuple[Any, ...]:
        """Return up to 100 different entities of any kind, in one request."""

    def find_idempotency_record(self, account: str, key: str, now: datetime) -> IdempotencyRecord | None:
        """Return the record of an idempotency key used within the last 24 hours, or None."""

    def find_idempotency_records(
        self, account: str, keys: Sequence[str], now: datetime
    ) -> dict[str, IdempotencyRecord]:
        """Return the records of idempotency keys used within the last 24 hours, by key; 100 keys in one request."""

    def replace_idempotency_record(self, record: IdempotencyRecord) -> None:
        """Store another response of a request than that of its transaction, which began what is done by now."""

    def page_of[A](self, kind: type[A], account: str, query: ListQuery, along: Sequence[Ref[Any]] = ()) -> ListPage[A]:
        """Return one page of a list, which may be a moment behind.

        Entities ``along``, of other kinds, are read with those of the page, strongly consistent; not for an empty page.
        `InvalidRequest` ``INVALID_QUERY`` for a cursor of another query, ``QUERY_TOO_BROAD`` when no index serves the
        query and more than `MOST_CANDIDATES` entities would be examined, or skipped to reach the page.
        """

    def page_among[A](self, kind: type[A], account: str, ids: Sequence[str], query: ListQuery) -> ListPage[A]:
        """Return one page of those entities with these ids that pass the query; all are read, strongly consistent.

        `InvalidRequest` ``INVALID_QUERY`` for a cursor: such a list has numbered pages only.
        """

    def commit(self, changes: ChangeSet, idempotency_record: IdempotencyRecord | None = None) -> None:
        """Write everything in one transaction.

        Raises the error that a change carries when its condition fails, `WriteConflict` when an entity has changed
        since it was read, and `IdempotentReplay` when the idempotency key was used before.
        """

    def reserve_slot(self, series: Ref[NumberSeries], *, now: float, latest: float, length: float) -> float | None:
        """Reserve the next free slot of a series schedule; return its begin, in seconds since 1970.

        It begins at ``now`` or later and is exclusive for its length, among those that reserve slots. None, and no
        reservation, when it would begin after ``latest``.
        """


class ApiKeys(Protocol):
    """The API keys of all accounts."""

    def use(self, key_hash: str, now: datetime) -> Caller:
        """Check a key and count one request of its hour; `Unauthenticated`, `RateLimited`."""

    def of(self, account: str) -> list[ApiKey]:
        """Return all keys of an account in one mode; one made within the last moment may be missing."""

    def find(self, account: str, key_id: str) -> ApiKey | None:
        """Return a key of an account in one mode, or None; strongly consistent."""


class Numbers(Protocol):
    """The numbers that are assigned."""

    def assigned(
        self, account: str, within: Sequence[tuple[str, ...]], *, after: AssignedNumber | None, most: int
    ) -> list[AssignedNumber]:
        """Return up to ``most`` numbers by series, period and value, then clients' own; may be a moment behind.

        ``within``: series and period, a series, or nothing for all numbers, in order. ``after``: only those behind all
        of this value.
        """


class Ledger(Protocol):
    """The customer ledger and the open items."""

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
        """Return the entries recorded after the one with an id, and those dated ``dated_from`` or later.

        All are dated ``until`` at the latest, and recorded before an instant of the real clock. They come in the order
        of their ids, which is that of recording, strongly consistent. With ``most`` these are the first in that order,
        except that with ``dated_from`` there are only as many or more if some are left out.
        """

    def latest(self, account: str, customer_id: str, currency: str, most: int) -> list[LedgerEntry]:
        """Return the entries in a currency among the ``most`` of the latest dates, the latest first.

        One request, strongly consistent.
        """

    def page(self, account: str, customer_id: str, query: ListQuery) -> ListPage[LedgerEntry]:
        """Return one page of a customer's entries by date, strongly consistent.

        `InvalidRequest` ``INVALID_QUERY`` for a cursor of another query, ``QUERY_TOO_BROAD`` when too many entries
        would be examined, or skipped to reach the page.
        """

    def credit_payouts(self, account: str, customer_id: str) -> list[CreditPayout]:
        """Return a customer's payouts of credit, newest first; strongly consistent."""

    def due_first(self, account: str, customer_id: str, currency: str, at_a_time: int) -> Iterator[OpenItem]:
        """Return the open items by due date, read as they are asked for; they may be a moment behind."""


class EventLog(Protocol):
    """The events of all accounts in the order of recording, which is that of their ids."""

    def between(
        self,
        account: str,
        above: str,
        below: str,
        *,
        newest_first: bool,
        resource_id: str | None,
        at_a_time: int,
    ) -> Iterator[Event]:
        """Return the events with ids between two texts, of one resource or of all, strongly consistent.

        They are read as they are asked for, ``at_a_time`` in a request.
        """


@dataclass(frozen=True, slots=True)
class RealTime:
    """Real time, which test clocks do not change; ``pause`` waits for some seconds."""

    now: Callable[[], datetime]
    pause: Callable[[float], None]


class DueWorkIndex(Protocol):
    """Finds what is due. Entries are hints, a moment behind: what there is to do is decided by the entity itself."""

    def due(self, until: datetime) -> Iterator[Sequence[DueEntry]]:
        """Yield what is due by an instant, without the work of accounts with a test clock, page by page."""

    def of_clock(self, account: str, until: datetime) -> Iterator[DueEntry]:
        """Return what is due by an instant of an account's test clock, in order, read as it is asked for."""

    def outside_clock(self, account: str, until: datetime) -> Iterator[Sequence[DueEntry]]:
        """Yield what is due of an account in test mode, and was written when it had no test clock."""

    def entry_of(self, entity: Any) -> DueEntry | None:
        """Return the entry of an entity as it is written, None where it waits for nothing in its account's time."""

    def entries_of(self, account: str, ids: Iterable[str]) -> Iterator[DueEntry]:
        """Return the entries of those of some entities that have due work, strongly consistent; in no order."""

    def move(self, entry: DueEntry, *, to_clock: bool) -> None:
        """Make an entity wait for its account's test clock or, when it has none any more, for real time.

        Nothing happens where its work has changed.
        """


class DueWorkQueue(Protocol):
    """Hands entries to those who do their work, at least once each."""

    def send(self, entries: Sequence[DueEntry], delay: int = 0) -> None:
        """Queue entries, to be handed out after some seconds; raises when one was not accepted."""


class EventBus(Protocol):
    """Publishes stored events."""

    def publish(self, events: list[Event]) -> None:
        """Publish in order; raises when an event was not accepted."""


class ObjectStore(Protocol):
    """Stores rendered documents."""

    def fetch(self, name: str) -> bytes | None:
        """Return the document's bytes, or None when there is none of that name."""

    def keep(self, name: str, content: bytes) -> bytes:
        """Store a document unless one of that name exists; return the stored one."""

    def link(self, name: str, file_name: str, seconds: int) -> str:
        """Return a URL that downloads the document without a key for that many seconds."""


@dataclass(frozen=True, slots=True)
class UploadForm:
    """A form that uploads one file: its fields go before the file, in a POST to the URL."""

    url: str
    fields: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Upload:
    """What was uploaded; ``is_rejected`` where a scanner found that it must not be used."""

    content: bytes
    is_rejected: bool = False


class FileStore(Protocol):
    """Stores files that clients upload, and what was checked of them."""

    def upload_form(self, name: str, content_type: str, size: int, seconds: int) -> UploadForm:
        """Return a form that uploads a file of this type and of at most ``size`` bytes, for that many seconds."""

    def fetch_upload(self, name: str) -> Upload | None:
        """Return what was uploaded last, or None when nothing was."""

    def fetch(self, name: str) -> bytes | None:
        """Return content that was kept, or None."""

    def keep_file(self, name: str, content: bytes, content_type: str) -> bytes:
        """Store content that was checked unless there is some of that name; return the stored one."""

    def link_to_file(self, name: str, file_name: str, content_type: str, seconds: int) -> str:
        """Return a URL that saves a file under a name, without a key for that many seconds."""

    def remove(self, *beginnings: str) -> None:
        """Remove all whose name begins so; that there is none is no error."""


class MailRefused(Exception):
    """The mail service refused the message; sending it again would not help."""


class MailDeferred(Exception):
    """The mail service did not accept the message now; a retry may work."""


class MailUnconfirmed(Exception):
    """The mail service did not respond: it may have accepted the message."""


class Mailer(Protocol):
    """Hands raw MIME messages to a mail service."""

    def send(self, message: bytes, recipient: str, tags: Mapping[str, str]) -> str:
        """Send once and return the service's message id; its reports of the message will have the tags.

        `MailRefused`, `MailDeferred`, `MailUnconfirmed`.
        """
