"""The event log: read in the order of ids, compared with looking at every event."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta
from typing import Any
from unittest.mock import patch
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from invoicing.domain.events.event import Event
from invoicing.identifiers import first_id, new_id
from invoicing.storage.dynamodb.database import Database
from invoicing.storage.dynamodb.table_names import name_tables
from invoicing.storage.event_log import INDEX_LAG, DynamoEventLog
from invoicing.storage.kinds.events import EventRecord
from tests.builders import an_event, an_invoice
from tests.examples import examples
from tests.fake_event_log import FakeEventLog
from tests.fakes import FakeStore
from tests.storage.conftest import EVENTS_KEPT
from tests.storage.listing import requests_of
from tests.storage.tables import NAMES

EVERYTHING = ("evt_", "evt_g")
BEGIN = datetime(2026, 3, 1, 12, tzinfo=UTC)


def event(account: str, event_id: str, resource: str = "inv_1", occurred_at: datetime = BEGIN) -> Event:
    invoice = an_invoice(account=account, id=resource)
    return an_event("invoice.updated", invoice, id=event_id, occurred_at=occurred_at)


def keep(database: Database, *events: Event) -> None:
    """Write events as a store does, without their resources."""
    for each in events:
        item = EventRecord.of(each, EVENTS_KEPT)
        database.dispatch("PutItem", {"TableName": EventRecord.Meta.table_name, "Item": item})


def read(database: Database, account: str, *bounds: str, **asked: Any) -> list[Event]:
    values = {"newest_first": False, "resource_id": None, "at_a_time": 100} | asked
    return list(DynamoEventLog(database).between(account, *(bounds or EVERYTHING), **values))


@pytest.fixture(scope="module")
def written(moto_database: Database) -> tuple[str, FakeStore]:
    """Three events of each minute, of four resources, with a test clock that runs the other way; and another mode's."""
    name_tables(NAMES)
    account, store = f"acc_{uuid4().hex}", FakeStore()
    for owner in (account, f"{account}#test"):
        for number in range(36):
            event_id = f"{first_id('evt', BEGIN + timedelta(minutes=number // 3))}7{number:03x}8123456789abcdef"
            each = event(owner, event_id, f"inv_{number % 4}", BEGIN - timedelta(days=number))
            store.events[owner, event_id] = each
            keep(moto_database, each)
    return account, store


@settings(max_examples=examples(60), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    bounds=st.tuples(st.integers(-1, 36), st.integers(-1, 36)),
    newest_first=st.booleans(),
    resource=st.sampled_from([None, "inv_0", "inv_3", "inv_9", "inv"]),
    at_a_time=st.integers(1, 40),
)
def test_events_between_two_ids_are_read_in_their_order(
    moto_database: Database,
    written: tuple[str, FakeStore],
    *,
    bounds: tuple[int, int],
    newest_first: bool,
    resource: str | None,
    at_a_time: int,
) -> None:
    account, store = written
    known = sorted(event_id for owner, event_id in store.events if owner == account)
    above, below = ({-1: "evt_", 36: "evt_g"}.get(bound) or known[bound] for bound in bounds)
    asked: dict[str, Any] = {"newest_first": newest_first, "resource_id": resource, "at_a_time": at_a_time}
    expected = list(FakeEventLog(store).between(account, above, below, **asked))
    assert read(moto_database, account, above, below, **asked) == expected


def test_only_what_is_asked_for_is_read(database: Database, account: str) -> None:
    keep(database, *(event(account, new_id("evt")) for _ in range(20)))
    with requests_of(database) as sent:
        events = DynamoEventLog(database).between(
            account, *EVERYTHING, newest_first=True, resource_id=None, at_a_time=5
        )
        for _ in range(5):
            next(events)
        assert sent == ["Query"]
        next(events)
    assert sent == ["Query", "Query"]


def behind(database: Database, hidden: set[str]) -> AbstractContextManager[Any]:
    """An index that does not show some events yet."""
    real: Callable[[str, dict[str, Any]], dict[str, Any]] = database.dispatch

    def dispatch(operation: str, asked: dict[str, Any]) -> dict[str, Any]:
        answer = real(operation, asked)
        if "IndexName" in asked:
            answer = answer | {"Items": [item for item in answer["Items"] if item["sk"]["S"] not in hidden]}
        return answer

    return patch.object(database, "dispatch", dispatch)


def test_events_of_a_resource_are_there_before_the_index_has_them(database: Database, account: str) -> None:
    mine = [event(account, new_id("evt")) for _ in range(3)]
    keep(database, *mine, event(account, new_id("evt"), "inv_2"))
    with behind(database, {mine[1].id, mine[2].id}):
        assert read(database, account, resource_id="inv_1") == mine
        assert read(database, account, mine[0].id, "evt_g", resource_id="inv_1") == mine[1:]
        assert read(database, account, "evt_", mine[2].id, resource_id="inv_1", newest_first=True) == mine[1::-1]


def test_older_events_of_a_resource_do_not_cost_a_look_at_those_of_others(database: Database, account: str) -> None:
    """The table is read for the last minute alone."""
    old = first_id("evt", datetime.now(UTC) - INDEX_LAG - timedelta(seconds=1))
    mine = event(account, f"{old}70008123456789abcdef")
    keep(database, mine, *(event(account, new_id("evt"), "inv_2") for _ in range(3)))
    with requests_of(database) as sent:
        assert read(database, account, "evt_", old + "8", resource_id="inv_1") == [mine]
    assert sent == ["Query", "BatchGetItem"]


def test_an_event_that_was_removed_while_the_index_still_has_it_is_left_out(database: Database, account: str) -> None:
    mine = [event(account, new_id("evt")) for _ in range(3)]
    keep(database, *mine)
    real = database.dispatch

    def dispatch(operation: str, asked: dict[str, Any]) -> dict[str, Any]:
        answer = real(operation, asked)
        if operation == "BatchGetItem":
            key = {"pk": {"S": account}, "sk": {"S": mine[1].id}}
            real("DeleteItem", {"TableName": EventRecord.Meta.table_name, "Key": key})
            answer = real(operation, asked)
        return answer

    with patch.object(database, "dispatch", dispatch):
        assert read(database, account, resource_id="inv_1") == [mine[0], mine[2]]
