from typing import Any

import pytest

from tests.functions.recurring.asking import act, cancel, create, list_all
from tests.http import Response, a_key, call, request
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
    answer = list_all(key, "status=done&sort=next_billing_date")
    assert (answer.status, answer.error["code"]) == (400, "INVALID_QUERY")
    assert {detail["field"] for detail in answer.error["details"]} == {"status", "sort"}


def test_other_accounts_have_their_own(key: str, schedules: dict[str, str]) -> None:
    assert list_all(a_key()).data == []
