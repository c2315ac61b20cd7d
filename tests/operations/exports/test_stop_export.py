"""Stopping an export."""

import pytest

from invoicing.domain.errors import Conflict
from invoicing.domain.exports.export import Export, ExportRun
from invoicing.operations.exports.stop_export import stop_export
from tests.fakes import FakeStore
from tests.operations.exports.exporting import Exporting


def stop(exporting: Exporting, export: Export) -> Export:
    return exporting.office.run_use_case(lambda uow: stop_export(uow, export.id))


def test_a_stopped_export_makes_room_for_another(exporting: Exporting, store: FakeStore) -> None:
    first, second = exporting.begin(), exporting.begin()
    assert str(stop(exporting, first).status) == "stopped"
    assert [run.export_id for run in store.all(ExportRun)] == [second.id]
    assert stop(exporting, first) == exporting.read(first.id)


def test_one_that_has_ended_cannot_be_stopped(exporting: Exporting) -> None:
    with pytest.raises(Conflict) as refused:
        stop(exporting, exporting.run())
    assert refused.value.code == "EXPORT_ENDED"
