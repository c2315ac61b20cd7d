from typing import Any

import pytest

from tests.aws import Aws
from tests.functions.reminders.asking import STEPS, put


def test_put_replaces_and_what_is_left_out_is_the_default(key: str) -> None:
    put(key, {"enabled": True, "send_at": "10:30", "weekdays": ["mon"], "schedule": STEPS, "mode": "per_customer"})
    answer = put(key, {"enabled": True})
    assert (answer.status, answer.data["send_at"], answer.data["schedule"]) == (200, "09:00", [])
    assert (answer.data["mode"], len(answer.data["weekdays"])) == ("per_invoice", 7)


@pytest.mark.parametrize(
    ("wrong", "field", "code"),
    [
        ({"send_at": "24:00"}, "send_at", "TIME_INVALID"),
        ({"send_at": 9}, "send_at", "TIME_INVALID"),
        ({"weekdays": ["monday"]}, "weekdays[0]", "VALUE_INVALID"),
        ({"mode": "all"}, "mode", "VALUE_INVALID"),
        ({"enabled": "yes"}, "enabled", "TYPE_INVALID"),
        ({"schedule": [{"offset_days": 1}] * 21}, "schedule", "TOO_MANY"),
        ({"schedule": [{"every_days": 0, "times": 1}]}, "schedule[0].every_days", "VALUE_INVALID"),
        ({"schedule": [{"every_days": 1, "times": 27}]}, "schedule[0].times", "VALUE_INVALID"),
        ({"schedule": [{"offset_days": 1, "text": "Pay"}]}, "schedule[0].text", "FIELD_UNKNOWN"),
    ],
)
def test_a_wrong_field_is_named_and_nothing_is_kept(key: str, aws: Aws, wrong: Any, field: str, code: str) -> None:
    answer = put(key, wrong)
    assert answer.status == 422
    assert [(detail["field"], detail["code"]) for detail in answer.error["details"]] == [(field, code)]
    assert not any(item["sk"]["S"].startswith("reminders#") for item in aws.items("accounts"))


def test_a_text_that_does_not_work_is_refused_with_its_line_and_the_reason(key: str) -> None:
    entry = {"offset_days": 7, "message": "Dear {{ customer.name }},\n{{ invoice.amount_deu }} is due."}
    (detail,) = put(key, {"schedule": [entry]}).error["details"]
    assert (detail["field"], detail["code"], detail["line"]) == ("schedule[0].message", "TEMPLATE_INVALID", 2)
    assert "amount_due" in detail["reason"]


def test_of_two_editors_with_the_same_etag_one_gets_412(key: str) -> None:
    tags = ('"v0"', '"v0"', '"v1"')
    assert [put(key, {}, **{"If-Match": tag}).status for tag in tags] == [200, 412, 200]
