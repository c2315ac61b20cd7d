from typing import Any
from urllib.parse import quote

import pytest

from tests.aws import Aws
from tests.functions.recurring.asking import act, cancel, create, get, list_all, update
from tests.http import Response, a_key, call, load_handler, request
from tests.messages import messages_of
from tests.prepared import prepared


@pytest.fixture
@prepared
def schedules(key: str, customer: Any) -> dict[str, str]:
    """An active, a paused and a cancelled one, and one of another customer."""
    call("customers/create_customer", request("POST", "/customers", {"id": "cust_9", "name": "Alan"}, key=key))
    made = [create(key, **fields).data["id"] for fields in ({}, {}, {}, {"customer_id": "cust_9"})]
    act(key, made[1], "pause")
    cancel(key, made[2])
    return dict(zip(made, ("active", "paused", "cancelled", "other"), strict=True))


def names(answer: Response, schedules: dict[str, str]) -> list[str]:
    assert answer.status == 200, answer.body
    return [schedules[schedule["id"]] for schedule in answer.data]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["other", "cancelled", "paused", "active"]),
        ("status=active", ["other", "active"]),
        ("filter[status][in]=paused,cancelled&order=asc", ["paused", "cancelled"]),
        ("customer_id=cust_9", ["other"]),
        ("customer_id=cust_123&status=active", ["active"]),
        ("per_page=1&page=2", ["cancelled"]),
        ("status=completed", []),
    ],
)
def test_filters_order_and_pages(key: str, schedules: dict[str, str], query: str, expected: list[str]) -> None:
    assert names(list_all(key, query), schedules) == expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("filter[next_billing_date][lte]=2100-01-31", ["early"]),
        ("filter[next_billing_date][gt]=2100-01-31&customer_id=cust_123", ["late"]),
        ("filter[next_billing_date][ne]=2100-01-31&order=asc", ["late", "ended"]),
        ("start_date=2100-01-31", ["ended", "early"]),
        ("filter[end_date][gte]=2100-01-01&filter[end_date][lt]=2101-01-01", ["late"]),
        ("status=active&filter[start_date][in]=2100-01-31,2100-02-28", ["late", "early"]),
    ],
)
def test_filters_of_dates(key: str, customer: Any, query: str, expected: list[str]) -> None:
    assert customer
    dates = {"early": {}, "late": {"start_date": "2100-02-28", "end_date": "2100-12-31"}, "ended": {}}
    made = {create(key, **fields).data["id"]: name for name, fields in dates.items()}
    cancel(key, next(schedule_id for schedule_id, name in made.items() if name == "ended"))
    assert names(list_all(key, query), made) == expected


def test_pages_lead_to_each_other(key: str, schedules: dict[str, str]) -> None:
    first = list_all(key, "per_page=3")
    assert first.json["meta"]["pagination"]["total"] == 4
    following = first.json["links"]["next"].partition("?")[2]
    assert names(list_all(key, following), schedules) == ["active"]


def test_what_cannot_be_asked_is_refused(key: str) -> None:
    answer = list_all(key, "status=done&sort=end_date")
    assert (answer.status, answer.error["code"]) == (400, "INVALID_QUERY")
    assert {detail["field"] for detail in answer.error["details"]} == {"status", "sort"}


def test_other_accounts_have_their_own(key: str, schedules: dict[str, str]) -> None:
    assert list_all(a_key()).data == []


def test_the_next_ones_come_first_without_those_that_have_ended(key: str, customer: Any) -> None:
    """They are an index, so any number of them are listed so, with cursors."""
    dates = {"2100-03-01": "c", "2100-01-31": "a", "2100-02-15": "b", "2100-01-01": "ended"}
    made = {create(key, start_date=date).data["id"]: name for date, name in dates.items()}
    cancel(key, next(schedule for schedule, name in made.items() if name == "ended"))
    answer = list_all(key, "sort=next_billing_date&order=asc&per_page=2")
    assert names(answer, made) == ["a", "b"]
    assert "cursor=" in answer.json["links"]["next"]
    assert names(list_all(key, answer.json["links"]["next"].partition("?")[2]), made) == ["c"]
    soon = "filter[next_billing_date][lte]=2100-02-28&sort=next_billing_date"
    assert names(list_all(key, soon), made) == ["b", "a"]
    assert names(list_all(key, f"{soon}&status=active&customer_id=cust_123"), made) == ["b", "a"]


def found(key: str, search: str, schedules: dict[str, str], more: str = "") -> set[str]:
    return set(names(list_all(key, f"search={quote(search)}{more}"), schedules))


def keep_up(aws: Aws) -> None:
    assert load_handler("reactions/update_search")({"Records": messages_of(aws)}, None) == {"batchItemFailures": []}


def test_they_are_found_by_their_customer_and_purchase_orders(aws: Aws, key: str, schedules: dict[str, str]) -> None:
    (other,) = (schedule for schedule, name in schedules.items() if name == "other")
    (active,) = (schedule for schedule, name in schedules.items() if name == "active")
    update(key, active, {"purchase_order": "PO/77"})
    keep_up(aws)
    assert found(key, "lovelace", schedules) == {"active", "paused", "cancelled"}
    assert found(key, "ada po/77", schedules) == {"active"}
    assert found(key, "ADA", schedules, "&status=paused") == {"paused"}
    assert found(key, "alan", schedules) == {"other"}
    assert found(key, "alan", schedules, "&sort=next_billing_date") == {"other"}
    assert found(key, "nobody", schedules) == found(key, "po/77 alan", schedules) == set()
    rename = request(
        "PATCH", "/customers/cust_9", {"name": "Mr. Turing"}, key=key, parameters={"customer_id": "cust_9"}
    )
    assert call("customers/update_customer", rename).status == 200
    assert found(key, "alan", schedules) == set(), "what has no such word any more is not shown even before"
    keep_up(aws)
    assert found(key, "turing", schedules) == {"other"}
    assert found(key, "alan", schedules) == set()
    assert get(key, other).data["customer_id"] == "cust_9"


def test_what_is_planned_is_found_too(aws: Aws, key: str, schedules: dict[str, str]) -> None:
    (active,) = (schedule for schedule, name in schedules.items() if name == "active")
    planned = {"purchase_order": "Next-9", "effective_from": "2100-06-30"}
    assert update(key, active, planned).status == 200
    keep_up(aws)
    assert found(key, "next-9", schedules) == {"active"}
