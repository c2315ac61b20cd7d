from typing import Any

from tests.functions.recurring.asking import act, get
from tests.http import call, request


def test_it_goes_on_with_its_next_date(key: str, schedule: Any) -> None:
    act(key, schedule["id"], "pause")
    answer = act(key, schedule["id"], "resume")
    assert answer.status == 200
    same = ("status", "next_billing_date", "pause_reason", "paused_at")
    assert [answer.data[name] for name in same] == ["active", "2100-01-31", None, None]


def test_one_that_is_active_cannot_be_resumed(key: str, schedule: Any) -> None:
    assert act(key, schedule["id"], "resume").error["code"] == "INVALID_RECURRING_STATE"


def test_one_that_was_paused_with_its_customer_goes_on_once_it_is_back(key: str, schedule: Any) -> None:
    customer = {"customer_id": schedule["customer_id"]}
    delete = request("DELETE", "/customers/x", key=key, parameters=customer)
    assert call("customers/delete_customer", delete).status == 204
    paused = get(key, schedule["id"]).data
    assert (paused["status"], paused["pause_reason"]) == ("paused", "customer_archived")
    assert act(key, schedule["id"], "resume").error["code"] == "INVALID_CUSTOMER"
    restore = request("POST", "/customers/x/restore", key=key, parameters=customer)
    assert call("customers/restore_customer", restore).status == 200
    assert get(key, schedule["id"]).data == paused
    assert act(key, schedule["id"], "resume").data["status"] == "active"
