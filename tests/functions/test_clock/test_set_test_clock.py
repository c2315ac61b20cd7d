from typing import Any

import pytest

from tests.aws import Aws
from tests.functions.account.api_keys import create, rotate
from tests.functions.conftest import NEW_INVOICE
from tests.functions.test_clock.clock_requests import LEAP_DAY, ask, freeze, shown
from tests.http import a_key

CUSTOMER = {"name": "Ada", "email": "ada@example.com"}


def created_at(key: str) -> str:
    """When a customer that is made now says it was made."""
    return str(ask(key, "customers/create_customer", CUSTOMER).data["created_at"])


def test_a_new_clock_is_created_and_an_old_one_set(key: str) -> None:
    first, again = freeze(key), freeze(key, "2028-03-01T00:00:00+01:00")
    assert (first.status, again.status) == (201, 200)
    assert first.headers["Location"].endswith("/v1/invoicing/test-clock")
    assert "Location" not in again.headers
    assert (first.data["now"], again.data["now"]) == (LEAP_DAY, "2028-02-29T23:00:00.000Z")


def test_it_is_the_time_of_all_keys_of_test_mode_old_new_and_rotated(key: str) -> None:
    old = create(key, "*").data
    freeze(key)
    new = create(key, "*").data["key"]
    rotated = rotate(key, old["id"]).data["key"]
    assert {created_at(each) for each in (key, old["key"], new, rotated)} == {LEAP_DAY}
    freeze(rotated, "2029-01-01T00:00:00Z")
    assert {created_at(each) for each in (key, old["key"], new, rotated)} == {"2029-01-01T00:00:00.000Z"}


def test_live_mode_and_other_accounts_have_real_time(key: str, aws: Aws) -> None:
    freeze(key)
    others = [a_key("live"), a_key("test")]
    assert LEAP_DAY not in {created_at(each) for each in others}
    assert len([item for item in aws.items("api_keys") if "clock" in item]) == 1


def test_keys_themselves_have_real_time(key: str) -> None:
    """A key that expires in an hour of real time does, whatever the clock shows."""
    freeze(key, "2099-12-31T00:00:00Z")
    made = create(key, "*", expires_at="2098-01-01T00:00:00Z").data
    assert made["created_at"] < "2099"
    assert ask(made["key"], "test_clock/get_test_clock").status == 200
    assert create(key, "*", expires_at="2020-01-01T00:00:00Z").status == 422


@pytest.mark.parametrize(
    ("now", "code"),
    [
        ("2028-02-29T08:00:00", "INSTANT_INVALID"),
        ("2027-02-29T08:00:00Z", "INSTANT_INVALID"),
        ("1999-12-31T23:59:59Z", "INSTANT_INVALID"),
        ("2100-01-01T00:00:00Z", "INSTANT_INVALID"),
        ("2100-01-01T00:30:00+01:00", None),
        (1830326400, "INSTANT_INVALID"),
        (None, "INSTANT_INVALID"),
    ],
)
def test_now_is_an_instant_of_this_century(key: str, now: Any, code: str | None) -> None:
    answer = ask(key, "test_clock/set_test_clock", {"now": now})
    if code is None:
        assert answer.data["now"] == "2099-12-31T23:30:00.000Z"
    else:
        assert [(detail["field"], detail["code"]) for detail in answer.error["details"]] == [("now", code)]
        assert shown(key) == "TEST_CLOCK_NOT_FOUND"


def test_it_is_not_set_to_before_existing_data(key: str) -> None:
    real = created_at(key)
    refused = freeze(key, "2026-01-15T00:00:00Z")
    assert (refused.status, refused.error["code"]) == (409, "TEST_CLOCK_BEFORE_DATA")
    assert freeze(key, real).status == 201
    freeze(key, "2028-01-01T00:00:00Z")
    freeze(key, "2027-12-31T00:00:00Z")
    assert created_at(key) == "2027-12-31T00:00:00.000Z"
    assert freeze(key, "2027-12-30T23:59:59.999Z").error["code"] == "TEST_CLOCK_BEFORE_DATA"
    assert shown(key)["now"] == "2027-12-31T00:00:00.000Z"


def test_data_of_a_deleted_clock_count_though_later_ones_have_real_time(key: str) -> None:
    freeze(key)
    created_at(key)
    ask(key, "test_clock/delete_test_clock")
    created_at(key)
    assert freeze(key, "2028-02-29T07:59:59Z").error["code"] == "TEST_CLOCK_BEFORE_DATA"
    ask(key, "test_clock/delete_test_clock")
    assert freeze(key).status == 201


def test_it_is_not_set_past_what_is_due(key: str, customer: Any) -> None:
    """An invoice that was sent before there was a clock counts, and one that was sent under it."""
    due = {"issue_date": "2027-01-01", "due_date": "2027-12-31", "send_email": True, "customer_id": customer["id"]}
    ask(key, "invoices/create_invoice", NEW_INVOICE | due)
    freeze(key, "2027-12-31T23:00:00Z")
    for _ in range(2):
        refused = freeze(key, "2028-01-01T00:00:00Z")
        assert (refused.status, refused.error["code"]) == (409, "TEST_CLOCK_WORK_DUE")
        ask(key, "invoices/create_invoice", NEW_INVOICE | due)
    assert freeze(key, "2027-12-31T23:59:59.999Z").status == 200
