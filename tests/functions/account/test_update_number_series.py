from typing import Any

import pytest

from tests.aws import Aws
from tests.functions.account.number_series import create, on
from tests.http import call, request


def test_the_fields_that_are_sent_change(key: str) -> None:
    made = create(key)
    changes = {"name": "Branch Vienna", "pattern": "V{seq}", "reset": "never", "next": 9, "default": True}
    answer = on(key, "PATCH", "update", made.data["id"], changes, **{"If-Match": made.headers["ETag"]})
    assert answer.status == 200
    assert answer.data == made.data | changes
    account = call("account/get_account", request("GET", "/account", key=key)).data
    assert (account["numbering"]["pattern"], account["numbering"]["next"]) == ("V{seq}", 9)
    again = on(key, "PATCH", "update", made.data["id"], {"name": "X"}, **{"If-Match": made.headers["ETag"]})
    assert again.status == 412


@pytest.mark.parametrize(
    ("wrong", "field", "code"),
    [
        ({"document_type": "credit_note"}, "document_type", "FIELD_UNKNOWN"),
        ({"name": None}, "name", "TYPE_INVALID"),
        ({"pattern": "x" * 41}, "pattern", "TOO_LONG"),
        ({"next": 0}, "next", "VALUE_INVALID"),
        ({"reset": "weekly"}, "reset", "VALUE_INVALID"),
        ({"default": "yes"}, "default", "TYPE_INVALID"),
        ({"pattern": "INV-{year}-{seq}"}, "pattern", "PATTERN_COLLIDES"),
    ],
)
def test_a_wrong_field_is_named_and_nothing_changes(key: str, aws: Aws, wrong: Any, field: str, code: str) -> None:
    series = create(key).data["id"]
    before = aws.items("accounts")
    answer = on(key, "PATCH", "update", series, wrong)
    assert answer.status == 422
    assert [(detail["field"], detail["code"]) for detail in answer.error["details"]] == [(field, code)]
    assert aws.items("accounts") == before
