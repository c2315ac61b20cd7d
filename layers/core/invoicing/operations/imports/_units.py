"""Units of an import: a customer's row, or an invoice with all its rows, each in a transaction of its own."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import field, replace
from functools import partial
from typing import Any, NamedTuple

from invoicing.dataclass import dataclass
from invoicing.domain.errors import Detail, InvoicingError, Unavailable, ValidationFailed
from invoicing.domain.imports.data_import import Counts, Import, RaisedSeries, RowWarning
from invoicing.domain.imports.plan import Place, Plan, Unit
from invoicing.domain.imports.records import Record, text_of
from invoicing.domain.warnings import InputWarning
from invoicing.operations.imports._customers import take_customer
from invoicing.operations.imports._ports import FailedRow, ImportReader
from invoicing.operations.imports._source import Source
from invoicing.operations.unit_of_work.change_set import ChangeSet
from invoicing.operations.unit_of_work.shared_reads import SharedReads
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork, run_use_case

Start = Callable[[ChangeSet], UnitOfWork]


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some units that are taken one after the other."""

    data_import: Import
    plan: Plan
    units: Sequence[Unit]
    source: Source
    reader: ImportReader


@dataclass(slots=True)
class Taken:
    """What became of the units of a chunk."""

    counts: Counts = field(default_factory=Counts)
    failed: list[FailedRow] = field(default_factory=list)
    warnings: tuple[RowWarning, ...] = ()
    raised: tuple[RaisedSeries, ...] = ()


class Outcome(NamedTuple):
    """What a unit counts as, and what is doubtful in it."""

    counted: str
    warnings: Sequence[InputWarning] = ()
    raised: Sequence[RaisedSeries] = ()


class _RowError(Exception):
    """A row of a unit cannot be read."""

    def __init__(self, index: int, error: ValidationFailed) -> None:
        super().__init__(str(error))
        self.index = index
        self.error = error


def take_units(start: Start, chunk: Chunk) -> Taken:
    """Take each unit; what it reads, the next need not read again."""
    taken = Taken()
    shared = SharedReads(start(ChangeSet()).store)

    def sharing(changes: ChangeSet) -> UnitOfWork:
        return replace(start(ChangeSet()), changes=changes, store=shared)

    for unit in chunk.units:
        texts = [_text(chunk, place) for place in unit.places]
        try:
            outcome = _take(sharing, shared, chunk, unit, texts)
        except _RowError as wrong:
            _fail(taken, unit, texts, wrong.error, wrong.index)
        except Unavailable:
            raise
        except InvoicingError as error:
            _fail(taken, unit, texts, error)
        else:
            _count(taken, unit, outcome)
    return taken


def _text(chunk: Chunk, place: Place) -> str:
    content = chunk.source.read(place.offset, place.length)
    return text_of(Record(place.offset, place.line, content), chunk.data_import.reading.encoding)


def _take(start: Start, shared: SharedReads, chunk: Chunk, unit: Unit, texts: Sequence[str]) -> Outcome:
    """Take a unit; an error is believed only of what was read afresh."""
    if unit.repeat == "same":
        return Outcome("skipped")
    rows = _rows(chunk, texts)
    if unit.repeat == "other":
        message = "An earlier row of the file has the same identity and other content."
        raise ValidationFailed(Detail("", message, "ROW_REPEATED"))
    use_case = partial(_use_case, chunk=chunk, rows=rows)
    try:
        return _run(start, use_case, chunk.data_import)
    except Unavailable:
        raise
    except InvoicingError:
        shared.forget()
        return _run(start, use_case, chunk.data_import)


def _run(start: Start, use_case: Callable[[UnitOfWork], Outcome], data_import: Import) -> Outcome:
    """Commit what a unit changes; a dry run only finds out."""
    return use_case(start(ChangeSet())) if data_import.dry_run else run_use_case(start, use_case)


def _use_case(uow: UnitOfWork, chunk: Chunk, rows: Sequence[Mapping[str, Any]]) -> Outcome:
    if chunk.data_import.type == "customers":
        counted = take_customer(uow, chunk.data_import, rows[0], chunk.reader)
        return Outcome(counted, tuple(uow.warnings))
    from invoicing.operations.imports._invoices import take_invoice  # noqa: PLC0415

    counted, raised = take_invoice(uow, chunk.data_import, chunk.reader.invoice(chunk.data_import, rows))
    return Outcome(counted, tuple(uow.warnings), raised)


def _rows(chunk: Chunk, texts: Sequence[str]) -> list[Mapping[str, Any]]:
    rows = []
    for index, text in enumerate(texts):
        try:
            rows.append(chunk.reader.row(chunk.data_import, chunk.plan, text))
        except ValidationFailed as error:
            raise _RowError(index, error) from None
    return rows


def _count(taken: Taken, unit: Unit, outcome: Outcome) -> None:
    line = unit.places[0].line
    found = tuple(RowWarning(line, each.field, each.code, each.message) for each in outcome.warnings)
    taken.counts += Counts(**{outcome.counted: len(unit.places)}, warnings=len(found))
    taken.warnings += found
    taken.raised += tuple(outcome.raised)


def _fail(taken: Taken, unit: Unit, texts: Sequence[str], error: InvoicingError, index: int = 0) -> None:
    """Count all rows of a unit as failed; the others say which of them is wrong."""
    taken.counts += Counts(failed=len(unit.places))
    wrong = unit.places[index].line
    detail = error.details[0] if error.details else None
    code = detail.code if detail and error.code == "VALIDATION_FAILED" else error.code
    for place, text in zip(unit.places, texts, strict=True):
        own = place.line == wrong
        taken.failed.append(
            FailedRow(
                line=place.line,
                text=text,
                code=code if own else "OTHER_ROW_FAILED",
                field=detail.field if own and detail else "",
                value=detail.value if own and detail else None,
                message=str(error) if own else f"Line {wrong} of the same invoice is wrong: {error}",
            )
        )
