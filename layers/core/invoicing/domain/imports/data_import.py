"""The import: a file of customers or invoices of another system, and what became of its rows."""

from dataclasses import field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Literal, NamedTuple

from invoicing.dataclass import dataclass
from invoicing.domain.due_work import DueWork, Failure, Work

ImportType = Literal["customers", "invoices"]
Format = Literal["csv", "jsonl"]
Encoding = Literal["utf-8", "windows-1252", "iso-8859-1", "iso-8859-15"]
Delimiter = Literal[",", ";", "\t", "|"]
DecimalSign = Literal[".", ","]
DateFormat = Literal["YYYY-MM-DD", "YYYYMMDD", "DD.MM.YYYY", "DD/MM/YYYY", "DD-MM-YYYY", "MM/DD/YYYY"]

MOST_ROWS = 50_000
"""The most rows of an import."""

MOST_INLINE = 800_000
"""The most bytes of an import that is sent with its request, of which a body has 1,000,000."""

RESULTS_KEPT = timedelta(days=30)
"""How long the files of an import are kept."""

MOST_WARNINGS = 100
"""The most warnings that an import names; it counts them all."""

IMPORT_RUN = "import_run"
"""The id of an account's import under way: there is one at a time."""


class ImportStatus(StrEnum):
    """The states of an import; the first three are under way."""

    PENDING = "pending"
    RUNNING = "running"
    STOPPING = "stopping"
    COMPLETED = "completed"
    COMPLETED_WITH_ERRORS = "completed_with_errors"
    FAILED = "failed"
    STOPPED = "stopped"


UNDER_WAY = frozenset({ImportStatus.PENDING, ImportStatus.RUNNING, ImportStatus.STOPPING})


class RowWarning(NamedTuple):
    """What is doubtful in a row that is taken all the same; ``line`` counts the lines of the file from 1."""

    line: int
    field: str
    code: str
    message: str


class RaisedSeries(NamedTuple):
    """A number series that goes on behind imported numbers: ``next_number`` is the first of the period of a date."""

    series_id: str
    period: str
    next_value: int
    next_number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How the texts of a file are read; no ``delimiter`` is the one that the header row shows."""

    encoding: Encoding = "utf-8"
    delimiter: Delimiter | None = None
    decimal: DecimalSign = "."
    date_format: DateFormat = "YYYY-MM-DD"


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """What became of rows; ``warnings`` are beside them."""

    created: int = 0
    updated: int = 0
    skipped: int = 0
    failed: int = 0
    warnings: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        """Add what became of further rows."""
        return Counts(
            created=self.created + other.created,
            updated=self.updated + other.updated,
            skipped=self.skipped + other.skipped,
            failed=self.failed + other.failed,
            warnings=self.warnings + other.warnings,
        )

    @property
    def processed(self) -> int:
        """The number of rows."""
        return self.created + self.updated + self.skipped + self.failed


@dataclass(frozen=True, slots=True, kw_only=True)
class Import:
    """An import. ``rows`` is None until the whole file was checked.

    ``position`` is the number of units of the plan that are done: rows of customers, invoices with all their rows.
    ``size`` is in bytes, ``errors`` the size of the file of failed rows, None while there is none. ``failure`` says why
    nothing of the file was imported. ``page_url`` is for what invoices need of the request.
    """

    account: str
    id: str
    version: int = 1
    sequence: int = field(default=0, compare=False)  # an event alone is no change
    type: ImportType
    format: Format
    file_id: str | None = None
    size: int
    reading: Reading = Reading()
    dry_run: bool = False
    reminders: bool = False
    page_url: str = ""
    status: ImportStatus = ImportStatus.PENDING
    rows: int | None = None
    position: int = 0
    counts: Counts = Counts()
    warnings: tuple[RowWarning, ...] = ()
    raised: tuple[RaisedSeries, ...] = ()
    has_errors_file: bool = False
    failure: Failure | None = None
    created_at: datetime
    updated_at: datetime
    started_at: datetime | None = None
    completed_at: datetime | None = None

    @property
    def folder(self) -> str:
        """What the names of all objects of the import begin with."""
        return f"imports/{self.account}/{self.id}/"

    @property
    def source(self) -> str:
        """The object with the file as it was when the import was made."""
        return f"{self.folder}source"

    @property
    def plan(self) -> str:
        """The object that says which rows belong together."""
        return f"{self.folder}plan"

    @property
    def errors(self) -> str:
        """The object with the failed rows."""
        return f"{self.folder}errors"

    def part_of_errors(self, position: int) -> str:
        """Return the object with the failed rows of the units from a position on."""
        return f"{self.folder}parts/{position:06}"

    def checked(self, rows: int, now: datetime) -> "Import":
        """Return the import after the check of its whole file."""
        return self._changed(now, status=ImportStatus.RUNNING, rows=rows, started_at=now)

    def advanced(
        self,
        units: int,
        counts: Counts,
        warnings: tuple[RowWarning, ...],
        raised: tuple[RaisedSeries, ...],
        now: datetime,
    ) -> "Import":
        """Return the import after further units; ``raised`` are all series that it has raised by now."""
        return self._changed(
            now,
            position=self.position + units,
            counts=self.counts + counts,
            warnings=(*self.warnings, *warnings)[:MOST_WARNINGS],
            raised=raised,
        )

    def stopping(self, now: datetime) -> "Import":
        """Return the import that its next step ends."""
        return self._changed(now, status=ImportStatus.STOPPING)

    def ended(self, now: datetime, *, has_errors_file: bool) -> "Import":
        """Return the import when nothing more is done of it."""
        if self.status is ImportStatus.STOPPING:
            status = ImportStatus.STOPPED
        else:
            status = ImportStatus.COMPLETED_WITH_ERRORS if self.counts.failed else ImportStatus.COMPLETED
        return self._changed(now, status=status, completed_at=now, has_errors_file=has_errors_file)

    def refused(self, failure: Failure, now: datetime) -> "Import":
        """Return the import of a file of which nothing can be imported."""
        return self._changed(now, status=ImportStatus.FAILED, failure=failure, completed_at=now)

    def _changed(self, now: datetime, **values: object) -> "Import":
        return replace(self, version=self.version + 1, updated_at=now, **values)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportRun:
    """The import that an account has under way; ``due_at`` is when it goes on unless it was queued, in real time."""

    account: str
    id: str = IMPORT_RUN
    version: int = 1
    import_id: str
    due_at: datetime


def due_work_of(run: ImportRun) -> DueWork:
    """Return the next work of an import."""
    return DueWork(run.due_at, Work.JOB)
