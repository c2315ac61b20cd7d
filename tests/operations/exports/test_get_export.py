"""Reading an export while it runs."""

import pytest

from invoicing.domain.errors import NotFound
from invoicing.operations.exports.get_export import get_export
from tests.operations.exports.exporting import Exporting


def test_an_export_says_how_far_it_is(exporting: Exporting) -> None:
    exporting.issue(3)
    begun = exporting.begin()

    def read() -> tuple[str, int]:
        found = get_export(exporting.office.uow(), begun.id)
        return str(found.status), found.rows

    assert read() == ("pending", 0)
    exporting.slice()
    assert read() == ("completed", 3)


def test_an_unknown_export(exporting: Exporting) -> None:
    with pytest.raises(NotFound, match="export_no"):
        get_export(exporting.office.uow(), "export_no")
