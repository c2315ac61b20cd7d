from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from invoicing.storage.dynamodb import item_codec
from tests.aws import Aws
from tests.functions.account.api_keys import create, keys_of, revoke, rotate, status_with

AT_ONCE = {"grace_period_seconds": 0}


def test_without_a_grace_period_the_old_key_ends_at_once(key: str) -> None:
    old = create(key, "customers:read").data
    answer = rotate(key, old["id"], AT_ONCE)
    assert answer.status == 201
    assert (answer.data["name"], answer.data["scopes"]) == (old["name"], old["scopes"])
    assert (status_with(old["key"]), status_with(answer.data["key"])) == (401, 404)


def test_within_the_grace_period_both_are_accepted(key: str) -> None:
    old = create(key, "*").data
    new = rotate(key, old["id"], {"grace_period_seconds": 604_800}).data
    assert (status_with(old["key"]), status_with(new["key"])) == (404, 404)
    listed = {found["id"]: found for found in keys_of(key)}
    assert (listed[old["id"]]["replaced_by"], listed[new["id"]]["expires_at"]) == (new["id"], None)
    assert listed[old["id"]]["expires_at"] is not None


def test_a_key_can_rotate_itself(key: str) -> None:
    (own,) = keys_of(key)
    new = rotate(key, own["id"]).data["key"]
    assert (status_with(key), status_with(new)) == (404, 404)
    old = keys_of(new)[-1]
    ends = datetime.fromisoformat(old["expires_at"]) - datetime.now(UTC)
    assert timedelta(minutes=59) < ends <= timedelta(hours=1)


def test_the_last_admin_key_needs_a_grace_period(key: str) -> None:
    (own,) = keys_of(key)
    answer = rotate(key, own["id"], AT_ONCE)
    assert (answer.status, answer.error["code"]) == (409, "LAST_ADMIN_KEY")
    assert answer.error["message"].endswith("or rotate with a grace period.")
    assert (status_with(key), len(keys_of(key))) == (404, 1)


def test_whoever_loses_the_response_rotates_again(key: str) -> None:
    """The whole way: only the old key is at hand, and it ends within the hour."""
    (own,) = keys_of(key)
    headers = {"Idempotency-Key": "rotate-once"}
    lost = rotate(key, own["id"], headers=headers).data
    repeated = rotate(key, own["id"], headers=headers)
    assert (repeated.status, repeated.data["id"], repeated.data["key"]) == (201, lost["id"], None)
    assert rotate(key, own["id"]).error["code"] == "INVALID_API_KEY_STATE"
    refused = create(key, "*", expires_at="2999-01-01T00:00:00Z")
    assert refused.error["details"][0]["code"] == "EXPIRY_INVALID"

    lost_again = rotate(key, repeated.data["id"], headers={"Idempotency-Key": "rotate-twice"}).data
    recovered = rotate(key, lost_again["id"]).data
    assert (recovered["expires_at"], recovered["scopes"]) == (None, ["*"])
    assert status_with(recovered["key"]) == 404
    for ended in (own, lost, lost_again):
        assert revoke(recovered["key"], ended["id"]).status == 204
    assert [status_with(old) for old in (key, lost["key"], lost_again["key"])] == [401, 401, 401]
    assert status_with(recovered["key"]) == 404


def test_a_key_that_expires_rotates_none_that_outlives_it(key: str) -> None:
    brief = create(key, "*", expires_at="2998-12-31T23:59:59Z").data
    *_, first = keys_of(key)
    refused = rotate(brief["key"], first["id"])
    (detail,) = refused.error["details"]
    assert (refused.status, detail["field"], detail["code"]) == (422, "expires_at", "EXPIRY_INVALID")
    assert rotate(brief["key"], brief["id"]).data["expires_at"] == brief["expires_at"]


def test_the_same_request_again_makes_one_key_and_does_not_show_it_again(key: str, aws: Aws) -> None:
    old = create(key, "*").data
    headers = {"Idempotency-Key": "rotate-once"}
    first, second = (rotate(key, old["id"], headers=headers) for _ in range(2))
    assert (second.status, second.data) == (201, first.data | {"key": None})
    assert len(aws.items("api_keys")) == 3
    (mark,) = aws.items("idempotency")
    assert first.data["key"] not in str(item_codec.unpack(mark["answer"]["B"]))


@pytest.mark.parametrize("wrong", [-1, 604_801, 1.5, "60s", True, None])
def test_a_wrong_grace_period_is_named(key: str, wrong: Any) -> None:
    old = create(key, "*").data
    answer = rotate(key, old["id"], {"grace_period_seconds": wrong})
    assert answer.status == 422
    assert [detail["field"] for detail in answer.error["details"]] == ["grace_period_seconds"]
    assert status_with(old["key"]) == 404


def test_a_key_with_more_scopes_cannot_be_taken_over(key: str) -> None:
    narrow = create(key, "account:write").data["key"]
    answer = rotate(narrow, keys_of(key)[-1]["id"])
    assert (answer.status, answer.error["code"]) == (403, "INSUFFICIENT_SCOPE")
    assert status_with(key) == 404
