"""An import under way: its next slice, and what ends it.

Each unit of the plan is a transaction of its own. What was done counts with the next write of the import, which a
slice that died did not reach: its units are then taken again, and found done by the mark that they left. So two slices
at once, or one after another that died, do each unit once, and one of them counts it.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, Any

import orjson

from invoicing.domain.due_work import DueEntry, Work, failure_of
from invoicing.domain.errors import ValidationFailed
from invoicing.domain.events.event import Actor
from invoicing.domain.events.imports import IMPORT_COMPLETED
from invoicing.domain.imports.data_import import IMPORT_RUN, Import, ImportRun, ImportStatus
from invoicing.domain.imports.plan import Place, Plan, Unit
from invoicing.operations.imports._checking import checked_plan
from invoicing.operations.imports._ports import ImportPorts
from invoicing.operations.imports._series import raise_series
from invoicing.operations.imports._source import Source
from invoicing.operations.imports._units import Chunk, Taken, take_units
from invoicing.operations.test_clock._advance import SLICE
from invoicing.operations.unit_of_work.change_set import ChangeSet
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork, run_use_case

if TYPE_CHECKING:
    from invoicing.operations.reactions.run_due_work import JobPorts

AT_A_TIME = 100
"""Units between two writes of the import."""

Start = Callable[[ChangeSet], UnitOfWork]


class _Lost(Exception):
    """Somebody else has gone on with the import."""


def run_job(start: Start, _: object, __: object = None, outside: "JobPorts | None" = None, *___: object) -> list[Work]:
    """Go on with the import of the account for a slice, and queue the next; nothing where there is none."""
    uow = start(ChangeSet())
    run = uow.find(ImportRun, IMPORT_RUN)
    if run is None or outside is None:
        return []
    ports = outside.imports
    data_import = uow.get(Import, run.import_id)
    try:
        has_more = _Slice(start, ports, run, data_import).work()
    except _Lost:
        return []
    if has_more:
        entry = DueEntry(run.due_at, Work.JOB, run.id, ImportRun.__name__, run.account)
        ports.queue.send([entry])
    return [Work.JOB]


class _Slice:
    """A slice of an import, with the import as it last wrote it."""

    def __init__(self, start: Start, ports: ImportPorts, run: ImportRun, data_import: Import) -> None:
        self._start = start
        self._run = run
        self._ports = ports
        self._objects = ports.objects
        self._import = data_import
        self._source = Source(data_import, self._objects)
        self._until = ports.real_time.now() + SLICE

    def work(self) -> bool:
        """Do as much as fits into the slice; return whether there is more."""
        if self._import.status is ImportStatus.PENDING:
            plan = self._check()
            if plan is None:
                return False
        else:
            plan = self._plan()
        while self._import.status is ImportStatus.RUNNING and self._import.position < len(plan.units):
            if self._ports.real_time.now() >= self._until:
                return True
            self._take(plan)
        self._end(plan)
        return False

    def _check(self) -> Plan | None:
        """Check the whole file; None, and the end of the import, for one of which nothing can be imported."""
        try:
            plan = checked_plan(self._import, self._source, self._ports.reader)
        except ValidationFailed as error:
            failure = failure_of(error)
            self._commit(lambda uow, now: now.refused(failure, uow.now), ended=True)
            return None
        self._objects.replace(self._import.plan, orjson.dumps(_written(plan)))
        self._commit(lambda uow, now: now.checked(plan.rows, uow.now))
        return plan

    def _plan(self) -> Plan:
        found = self._objects.fetch(self._import.plan)
        return _read(orjson.loads(found)) if found else Plan(units=())

    def _take(self, plan: Plan) -> None:
        before = self._import
        units = plan.units[before.position : before.position + AT_A_TIME]
        chunk = Chunk(before, plan, units, self._source, self._ports.reader)
        taken = take_units(self._as_import, chunk)
        if taken.failed:
            failed = self._ports.reader.errors_file(before, plan, taken.failed)
            self._objects.replace(before.part_of_errors(before.position), failed)
        self._commit(partial(_advanced, units=len(units), taken=taken))

    def _end(self, plan: Plan) -> None:
        """Put together the file of errors, and end the import."""
        has_errors = bool(self._import.counts.failed)
        if has_errors:
            header = self._ports.reader.errors_header(self._import, plan)
            positions = range(0, self._import.position, AT_A_TIME)
            parts = (self._objects.fetch(self._import.part_of_errors(each)) or b"" for each in positions)
            self._objects.join(self._import.errors, chain([header], parts))
        self._commit(lambda uow, now: now.ended(uow.now, has_errors_file=has_errors), ended=True)

    def _as_import(self, changes: ChangeSet) -> UnitOfWork:
        """Begin an attempt at a unit, whose events the import causes."""
        return replace(self._start(ChangeSet()), changes=changes, actor=Actor("import", self._import.id))

    def _commit(self, change: Callable[[UnitOfWork, Import], Import], *, ended: bool = False) -> None:
        """Write the import, unless somebody else has gone on with it; that it is to be stopped is kept."""

        def use_case(uow: UnitOfWork) -> Import:
            now = uow.get(Import, self._import.id)
            stops = now.status is ImportStatus.STOPPING
            if now.position != self._import.position or (now.status != self._import.status and not stops):
                raise _Lost
            after = change(uow, now)
            if stops and not ended:
                after = replace(after, status=ImportStatus.STOPPING)
            uow.changes.save(after)
            if ended:
                uow.changes.remove(self._run)
                uow.record(IMPORT_COMPLETED, after)
            return after

        self._import = run_use_case(self._start, use_case)


def _advanced(uow: UnitOfWork, now: Import, units: int, taken: Taken) -> Import:
    raised = raise_series(uow, now, taken.raised)
    return now.advanced(units, taken.counts, taken.warnings, raised, uow.now)


def _written(plan: Plan) -> dict[str, object]:
    units = [[[list(place) for place in unit.places], unit.repeat] for unit in plan.units]
    return {"delimiter": plan.delimiter, "header": plan.header, "units": units}


def _read(values: dict[str, Any]) -> Plan:
    units = tuple(Unit(tuple(Place(*place) for place in places), repeat) for places, repeat in values["units"])
    return Plan(delimiter=values["delimiter"], header=tuple(values["header"]), units=units)
