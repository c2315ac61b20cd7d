from datetime import timedelta

import pytest

from invoicing.domain.errors import NotFound
from invoicing.operations.events.get_event import get_event
from invoicing.operations.unit_of_work.ports import RealTime
from tests.operations.events.following import BEGIN, KEPT, Log, event_id

DAY = timedelta(days=1)
EXPIRED, KEPT_YET = BEGIN - 400 * DAY, BEGIN - 390 * DAY


@pytest.fixture
def log() -> Log:
    return Log()


def read(log: Log, identifier: str) -> object:
    return get_event(log.office.uow(), identifier, RealTime(lambda: log.time, log.pause), KEPT)


def refusal(log: Log, identifier: str) -> str:
    with pytest.raises(NotFound) as refused:
        read(log, identifier)
    return refused.value.code


def test_an_event_is_read_as_it_was_recorded(log: Log) -> None:
    event = log.record()
    assert read(log, event.id) == event


@pytest.mark.parametrize("identifier", ["evt_404", "", "evt_", "inv_1", event_id(KEPT_YET), "evt_" + "f" * 32])
def test_what_never_was_is_not_found(log: Log, identifier: str) -> None:
    assert refusal(log, identifier) == "EVENT_NOT_FOUND"


def test_an_id_from_before_the_retention_has_expired_whether_it_was_removed_or_not(log: Log) -> None:
    assert refusal(log, event_id(EXPIRED)) == "EVENT_EXPIRED"
    event = log.record(-400 * 86_400, "customer.created")
    assert event.id == event_id(EXPIRED)
    assert refusal(log, event.id) == "EVENT_EXPIRED"


def test_thirteen_months_are_counted_to_the_millisecond(log: Log) -> None:
    recorded = BEGIN.replace(year=2025, month=10)
    assert refusal(log, event_id(recorded)) == "EVENT_EXPIRED"
    assert refusal(log, event_id(recorded + timedelta(milliseconds=1))) == "EVENT_NOT_FOUND"


def test_an_event_of_an_invoice_is_kept(log: Log) -> None:
    event = log.record(-4000 * 86_400)
    assert read(log, event.id) == event


@pytest.mark.parametrize("year", [2020, 2040])
def test_a_test_clock_neither_ends_an_event_nor_keeps_it(log: Log, year: int) -> None:
    young = log.record(0, "customer.created", occurred_at=BEGIN.replace(year=year))
    assert read(log, young.id) == young
    old = log.record(-400 * 86_400, "customer.created", occurred_at=BEGIN.replace(year=year))
    assert refusal(log, old.id) == "EVENT_EXPIRED"
