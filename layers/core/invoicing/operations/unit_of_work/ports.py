"""What the use cases need from the outside; adapters in `storage` and `messaging` provide it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Protocol, overload

if TYPE_CHECKING:
    from invoicing.domain.access.api_key import ApiKey
    from invoicing.domain.access.caller import Caller
    from invoicing.domain.events.event import Event
    from invoicing.domain.ledger.entry import Credit, LedgerEntry, OpenItem
    from invoicing.domain.numbering.series import NumberReservation, NumberSeries
    from invoicing.operations.lists.query import ListPage, ListQuery
    from invoicing.operations.unit_of_work.change_set import ChangeSet, IdempotencyRecord, Ref


NewId = Callable[[str], str]
"""A new identifier that sorts by time, from its prefix: ``new_id("inv")`` is ``inv_01J…``."""

NewSecret = Callable[[], str]
"""An unguessable text of at least 128 bits, safe in a URL."""


class Store(Protocol):
    """Reads what is stored, strongly consistent, and writes all changes of one use case or none."""

    def find[A](self, ref: Ref[A]) -> A | None:
        """One entity, or None; one request."""

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
        """Up to 100 different entities of any kind in one request."""

    def find_idempotency_record(self, account: str, key: str, now: datetime) -> IdempotencyRecord | None:
        """What an idempotency key did within the last 24 hours, or None."""

    def page_of[A](self, kind: type[A], account: str, query: ListQuery) -> ListPage[A]:
        """One page of a list; it may be a moment behind what was written.

        `InvalidRequest` ``INVALID_QUERY`` for a cursor of another query, ``QUERY_TOO_BROAD`` when no index serves the
        query and more than `MOST_CANDIDATES` entities would have to be looked at, or skipped to reach the page.
        """

    def page_among[A](self, kind: type[A], account: str, ids: Sequence[str], query: ListQuery) -> ListPage[A]:
        """One page of those of the entities with these ids that pass the query; all are read, strongly consistent.

        `InvalidRequest` ``INVALID_QUERY`` for a cursor: pages of such a list are asked for by number.
        """

    def commit(self, changes: ChangeSet, idempotency_record: IdempotencyRecord | None = None) -> None:
        """Write everything in one transaction.

        Raises the error that a change carries when its condition fails, `WriteConflict` when something that was
        read is not what it was, and `IdempotentReplay` when the idempotency key was used before.
        """

    def reserve_slot(self, series: Ref[NumberSeries], *, now: float, latest: float, length: float) -> float | None:
        """When the next free slot of a series' line begins, ``now`` or later, in seconds since 1970.

        It is the caller's alone for so many seconds, as far as others take slots too. None when it would begin after
        ``latest``; then it is left to others.
        """


class ApiKeys(Protocol):
    """The API keys of all accounts."""

    def use(self, key_hash: str, now: datetime) -> Caller:
        """Check a key and count one request of its hour; `Unauthenticated`, `RateLimited`."""

    def of(self, account: str) -> list[ApiKey]:
        """All keys of an account in one mode; one that was made within the last moment may be missing."""

    def find(self, account: str, key_id: str) -> ApiKey | None:
        """A key of an account in one mode, as it is now, or None."""


class Numbers(Protocol):
    """The invoice numbers that are taken."""

    def of(self, account: str, most: int) -> list[NumberReservation]:
        """Those of an account, up to ``most`` of them, in the order of their text; strongly consistent."""


class Ledger(Protocol):
    """What customers owe."""

    def entries(
        self, account: str, customer_id: str, currency: str, start: date | None, end: date | None
    ) -> list[LedgerEntry]:
        """The entries of a period, both days included, in order of date and creation; strongly consistent."""

    def credits(self, account: str, customer_id: str) -> list[Credit]:
        """A customer's credit in each currency in which it ever had any; strongly consistent."""

    def owed(self, account: str, customer_id: str, currency: str = "") -> list[OpenItem]:
        """Invoices on which something is due, by currency and due date; they may be a moment behind."""


class EventBus(Protocol):
    """Where events go after they are stored."""

    def publish(self, events: list[Event]) -> None:
        """Publish in order; raises when any was not taken."""


class ObjectStore(Protocol):
    """Keeps rendered documents."""

    def fetch(self, name: str) -> bytes | None:
        """The document's bytes, or None when there is none of that name."""

    def keep(self, name: str, content: bytes) -> bytes:
        """Keep a document, unless one of that name is already kept: returns the one that is."""

    def link(self, name: str, file_name: str, seconds: int) -> str:
        """A URL that hands out the document, without a key, for that many seconds."""


class MailRefused(Exception):
    """The mail service refused the message; sending it again would not help."""


class MailDeferred(Exception):
    """The mail service did not take the message now; sending it later may work."""


class MailUnconfirmed(Exception):
    """The mail service was asked and its answer was lost: it may have taken the message."""


class Mailer(Protocol):
    """Hands raw MIME messages to a mail service."""

    def send(self, message: bytes, recipients: tuple[str, ...]) -> str:
        """Send once and return the service's message id; `MailRefused`, `MailDeferred`, `MailUnconfirmed`."""
