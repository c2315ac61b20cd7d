"""Schedules of several accounts that fall due in one tick: `python -m benchmarks.recurring` shows it with 10,000."""

from collections.abc import Iterator

import pytest

from benchmarks.lists import LOCAL
from benchmarks.recurring import AT_ONCE, OF_ONE_INVOCATION, DueMonth, Meter, weigh
from invoicing.aws_session import open_session
from invoicing.storage.dynamodb.database import Database
from invoicing.storage.dynamodb.table_names import name_tables
from tests.storage.conftest import ON_DYNAMODB_LOCAL
from tests.storage.tables import NAMES
from tests.template import read_template

pytestmark = [ON_DYNAMODB_LOCAL, pytest.mark.usefixtures("patient", "local_tables")]

SCHEDULES, DOUBLES, ACCOUNTS = 200, 50, 40
ALONE, AGAIN = 3, 5
"""Requests of an invoice: two reads and its transaction; after a conflict all of them again, and a slot before."""


@pytest.fixture
def database(dynamodb_local: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    """A connection of its own, which is metered."""
    name_tables(NAMES)
    for name, value in LOCAL.items():
        monkeypatch.setenv(name, value)
    database = Database(open_session(), dynamodb_local)
    yield database
    database.client.close()


def test_each_makes_one_invoice_with_the_next_number_of_its_account(database: Database) -> None:
    month = DueMonth(database, SCHEDULES, ACCOUNTS)
    meter = Meter(database)
    entries = month.tick()
    assert len(entries) == SCHEDULES
    before = sum(meter.requests.values())
    month.work_off([*entries, *entries[:DOUBLES]], AT_ONCE)
    assert (month.invocations, month.again) == ((SCHEDULES + DOUBLES) // OF_ONE_INVOCATION, 0)
    assert month.most_together <= AT_ONCE
    requests = sum(meter.requests.values()) - before
    assert requests <= (SCHEDULES + DOUBLES) * ALONE + meter.refused * AGAIN
    for found, expected in month.numbers():
        assert found == expected
    assert month.tick() == []


def test_the_units_of_one_do_not_depend_on_the_others(database: Database) -> None:
    assert weigh(database, Meter(database)) <= 50


def test_it_is_worked_off_as_it_is_when_deployed() -> None:
    mapping = read_template().resources("AWS::Lambda::EventSourceMapping")["DueWorkQueueMapping"]["Properties"]
    assert mapping["BatchSize"] == OF_ONE_INVOCATION
    assert mapping["ScalingConfig"]["MaximumConcurrency"] == AT_ONCE
