from typing import Any

import pytest

from tests.functions.recurring.asking import LINE, create, get, preview, update


def test_fields_change_objects_merge_and_null_removes(key: str, customer: Any) -> None:
    made = create(key, notes="n", end_date="2110-01-01", metadata={"a": "1"}).data
    changes = {"notes": None, "end_date": None, "metadata": {"b": "2"}, "day": "last", "auto_send": False}
    answer = update(key, made["id"], changes)
    assert answer.status == 200, answer.body
    changed = {name: answer.data[name] for name in (*changes, "on_generate")}
    assert changed == changes | {"metadata": {"a": "1", "b": "2"}, "on_generate": "draft"}
    assert get(key, made["id"]).data == answer.data


def test_a_price_changes_from_a_date_on(key: str, schedule: Any) -> None:
    update(key, schedule["id"], {"items": [LINE | {"unit_price": 59}], "effective_from": "2100-03-01"})
    assert [each["total"] for each in preview(key, schedule["id"], "count=3").data] == [49, 49, 59]


@pytest.mark.parametrize(
    ("wrong", "field", "code"),
    [
        ({"customer_id": "cust_9"}, "customer_id", "FIELD_UNKNOWN"),
        ({"frequency": None}, "frequency", "VALUE_INVALID"),
        ({"auto_send": True, "on_generate": "issue"}, "", "AUTO_SEND_CONFLICT"),
        ({"interval": 2, "effective_from": "2100-03-01"}, "effective_from", "VALUE_INVALID"),
        ({"frequency": "weekly", "day": 3}, "day", "VALUE_INVALID"),
        ({"email_subject": "{{ name }}"}, "email_subject", "PLACEHOLDER_UNKNOWN"),
    ],
)
def test_a_wrong_field_is_named_and_nothing_changes(key: str, schedule: Any, wrong: Any, field: str, code: str) -> None:
    answer = update(key, schedule["id"], wrong)
    assert answer.status == 422
    assert [(detail["field"], detail["code"]) for detail in answer.error["details"]] == [(field, code)]
    assert get(key, schedule["id"]).data == schedule


def test_of_two_editors_with_the_same_etag_one_gets_412(key: str, schedule: Any) -> None:
    answers = [update(key, schedule["id"], {"notes": note}, **{"If-Match": '"v1"'}) for note in "ab"]
    assert [answer.status for answer in answers] == [200, 412]
