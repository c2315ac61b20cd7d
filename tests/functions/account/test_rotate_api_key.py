import zlib
from typing import Any

import pytest

from tests.aws import Aws
from tests.functions.account.api_keys import create, keys_of, rotate, status_with


def test_without_a_grace_period_the_old_key_ends_at_once(key: str) -> None:
    old = create(key, "customers:read").data
    answer = rotate(key, old["id"])
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
    assert (status_with(key), status_with(new)) == (401, 404)


def test_the_same_request_again_makes_one_key_and_does_not_show_it_again(key: str, aws: Aws) -> None:
    old = create(key, "*").data
    headers = {"Idempotency-Key": "rotate-once"}
    first, second = (rotate(key, old["id"], headers=headers) for _ in range(2))
    assert (second.status, second.data) == (201, first.data | {"key": None})
    assert len(aws.items("api_keys")) == 3
    (mark,) = aws.items("idempotency")
    assert first.data["key"].encode() not in zlib.decompress(mark["answer"]["B"])


@pytest.mark.parametrize("wrong", [-1, 604_801, 1.5, "60", True, None])
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
