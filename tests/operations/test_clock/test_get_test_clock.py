from datetime import UTC, datetime

import pytest

from invoicing.domain.errors import NotFound, PermissionDenied
from invoicing.operations.test_clock.get_test_clock import get_test_clock
from tests.operations.test_clock.clock_office import ClockOffice

NOW = datetime(2028, 2, 29, 8, tzinfo=UTC)


def test_a_clock_is_there_from_when_it_is_set_until_it_is_deleted(office: ClockOffice) -> None:
    for _ in range(2):
        with pytest.raises(NotFound, match="real time"):
            get_test_clock(office.uow())
        office.set(NOW)
        assert get_test_clock(office.uow()).now == NOW
        office.delete()
    with pytest.raises(NotFound):
        get_test_clock(office.uow())


def test_live_mode_has_none() -> None:
    with pytest.raises(PermissionDenied) as refused:
        get_test_clock(ClockOffice(account="acc_1").uow())
    assert refused.value.code == "TEST_MODE_REQUIRED"
