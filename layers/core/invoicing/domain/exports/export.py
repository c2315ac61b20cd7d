"""The export: what an account has of a period, as a file that is made in the background."""

from collections.abc import Iterable, Mapping
from dataclasses import field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Literal, NamedTuple

from invoicing.dataclass import dataclass
from invoicing.domain.due_work import DueWork, Failure, Work
from invoicing.domain.exports.writing import Writing

ExportType = Literal["invoices", "lines", "credit_notes", "payments", "customers", "ledger", "events"]
ExportFormat = Literal["csv", "jsonl", "datev", "accounting"]

OF_LEDGER: frozenset[str] = frozenset({"datev", "accounting"})
"""The formats that only the ledger has: its entries as bookings."""

MOST_AT_ONCE = 3
"""The most exports of an account that are under way."""

MOST_BYTES = 1_000_000_000
"""The most bytes of a file: its hash is computed in one slice."""

FILES_KEPT = timedelta(days=30)
"""How long the file of an export is kept."""

LEASE = timedelta(minutes=5)
"""Longer than a function runs: after so long, an export whose slice has not said otherwise goes on."""

SETTLED_AFTER = timedelta(minutes=1)
"""Longer than any request lasts, and than indexes are behind: by then, all that was recorded before is found."""


SKR03: Mapping[str, str] = {
    "receivables": "1400",
    "bank": "1200",
    "write_offs": "2400",
    "clearing": "1590",
    "revenue_19": "8400",
    "revenue_7": "8300",
    "revenue_intra_community": "8125",
    "revenue_export": "8120",
    "revenue_reverse_charge": "8337",
    "revenue_exempt": "8100",
    "revenue_other": "8200",
}
"""The accounts of DATEV's chart SKR03 that bookings have unless an export names others."""


class ExportStatus(StrEnum):
    """The states of an export; the first two are under way."""

    PENDING = "pending"
    RUNNING = "running"
    COMPLETED = "completed"
    FAILED = "failed"
    STOPPED = "stopped"


UNDER_WAY = frozenset({ExportStatus.PENDING, ExportStatus.RUNNING})


@dataclass(frozen=True, slots=True, kw_only=True)
class Books:
    """Whose books they are, and their accounts; ``accounts`` has what differs from `SKR03`.

    The numbers are those by which DATEV knows the accountant and the business.
    """

    currency: str
    fiscal_year_start: date
    consultant_number: int = 1001
    client_number: int = 1
    accounts: Mapping[str, str] = field(default_factory=dict)

    def account(self, name: str) -> str:
        """Return the number of an account."""
        return self.accounts.get(name, SKR03[name])


class Part(NamedTuple):
    """A part of a multipart upload, as S3 knows it."""

    number: int
    etag: str


class Total(NamedTuple):
    """The control totals of one currency: the rows, and sums of amounts in minor units by the name of their field."""

    currency: str
    rows: int
    amounts: Mapping[str, int]


def added(totals: Iterable[Total], more: Iterable[Total]) -> tuple[Total, ...]:
    """Add totals, by currency in the order of its code."""
    sums = {total.currency: total for total in totals}
    for each in more:
        before = sums.get(each.currency, Total(each.currency, 0, dict.fromkeys(each.amounts, 0)))
        amounts = {name: before.amounts[name] + amount for name, amount in each.amounts.items()}
        sums[each.currency] = Total(each.currency, before.rows + each.rows, amounts)
    return tuple(sums[currency] for currency in sorted(sums))


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """An export of a period, whose two dates are included.

    What was recorded up to ``as_of`` by the account's time, and ``asked_at`` in real time, is in it. ``position`` says
    where its reading goes on, None at the beginning; ``is_read`` at the end. ``content`` is the object with the file,
    ``upload_id`` and ``parts`` are its multipart upload where it is large, and ``rest`` is the object with what was
    written since the last part, None while that is nothing. ``size`` is in bytes. ``sha256`` is the hash of the file.
    """

    account: str
    id: str
    version: int = 1
    sequence: int = field(default=0, compare=False)  # an event alone is no change
    type: ExportType
    format: ExportFormat
    start_date: date
    end_date: date
    writing: Writing = Writing()
    books: Books | None = None
    time_zone: str
    api_url: str = ""
    as_of: datetime
    asked_at: datetime
    status: ExportStatus = ExportStatus.PENDING
    position: str | None = None
    is_read: bool = False
    rows: int = 0
    size: int = 0
    totals: tuple[Total, ...] = ()
    content: str | None = None
    upload_id: str | None = None
    parts: tuple[Part, ...] = ()
    rest: str | None = None
    sha256: str | None = None
    failure: Failure | None = None
    created_at: datetime
    updated_at: datetime
    started_at: datetime | None = None
    completed_at: datetime | None = None

    @property
    def folder(self) -> str:
        """What the names of all objects of the export begin with."""
        return f"exports/{self.account}/{self.id}/"

    @property
    def own_object(self) -> str:
        """The name of an object that only who wrote this version of the export may write."""
        return f"{self.folder}{self.version:06}"

    def begun(self, now: datetime) -> "Export":
        """Return the export that somebody works at from now on."""
        return self.changed(now, status=ExportStatus.RUNNING, started_at=self.started_at or now)

    def ended(self, now: datetime, sha256: str, content: str) -> "Export":
        """Return the export with its file."""
        return self.changed(
            now, status=ExportStatus.COMPLETED, sha256=sha256, content=content, rest=None, completed_at=now
        )

    def failed(self, now: datetime, failure: Failure) -> "Export":
        """Return the export that comes to nothing."""
        return self.changed(now, status=ExportStatus.FAILED, failure=failure, completed_at=now)

    def stopped(self, now: datetime) -> "Export":
        """Return the export of which nothing more is written."""
        return self.changed(now, status=ExportStatus.STOPPED, completed_at=now)

    def changed(self, now: datetime, **values: object) -> "Export":
        """Return the next version."""
        return replace(self, version=self.version + 1, updated_at=now, **values)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportRun:
    """One of the places for exports under way; ``due_at`` is when it goes on unless it was queued, in real time."""

    account: str
    id: str
    version: int = 1
    export_id: str
    due_at: datetime


def run_ids() -> tuple[str, ...]:
    """Return the ids of an account's places for exports under way."""
    return tuple(f"export_run_{number}" for number in range(1, MOST_AT_ONCE + 1))


def due_work_of(run: ExportRun) -> DueWork:
    """Return the next work of an export."""
    return DueWork(run.due_at, Work.JOB)
