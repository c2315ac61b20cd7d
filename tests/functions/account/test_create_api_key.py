from typing import Any

import pytest

from invoicing.storage.dynamodb import item_codec
from tests.aws import Aws
from tests.functions.account.api_keys import create, keys_of, revoke, status_with
from tests.http import a_key


def test_a_new_key_works_at_once_within_its_scopes(key: str) -> None:
    answer = create(key, "customers:read", "account:read", expires_at="2999-12-31T23:59:59+01:00")
    assert answer.status == 201
    made = answer.data
    assert made["key"].startswith("sk_test_")
    assert (made["name"], made["mode"], made["last_four"]) == ("Shop", "test", made["key"][-4:])
    assert made["scopes"] == ["customers:read", "account:read"]
    assert (made["expires_at"], made["last_used"], made["revoked_at"]) == ("2999-12-31T22:59:59.000Z", None, None)
    assert answer.headers["Location"].endswith(f"/account/api-keys/{made['id']}")
    assert status_with(made["key"]) == 404
    assert status_with(create(key, "invoices:*").data["key"]) == 403


def test_the_same_request_again_makes_one_key_and_does_not_show_it_again(key: str, aws: Aws) -> None:
    headers = {"Idempotency-Key": "make-one"}
    first, second = (create(key, "invoices:read", headers=headers) for _ in range(2))
    assert (first.status, second.status, second.headers["Idempotent-Replayed"]) == (201, 201, "true")
    assert second.data == first.data | {"key": None}
    assert len(aws.items("api_keys")) == 2
    (mark,) = aws.items("idempotency")
    assert first.data["key"] not in str(item_codec.unpack(mark["answer"]["B"]))
    everything = [aws.items(table) for table in ("accounts", "api_keys", "events", "idempotency")]
    assert first.data["key"] not in str(everything)


def test_a_key_grants_no_more_than_it_has(key: str) -> None:
    narrow = create(key, "account:write", "invoices:read").data["key"]
    answer = create(narrow, "account:write", "invoices:write")
    assert (answer.status, answer.error["code"]) == (403, "INSUFFICIENT_SCOPE")
    assert create(narrow, "invoices:read").status == 201
    assert create(create(key, "account:read").data["key"], "account:read").status == 403
    assert len(keys_of(key)) == 4


@pytest.mark.parametrize(
    ("wrong", "field", "code"),
    [
        ({"scopes": ["invoices:delete"]}, "scopes[0]", "SCOPE_INVALID"),
        ({"scopes": ["einvoices:read"]}, "scopes[0]", "SCOPE_INVALID"),
        ({"scopes": []}, "scopes", "TOO_FEW"),
        ({"name": None}, "name", "TYPE_INVALID"),
        ({"name": " "}, "name", "TOO_SHORT"),
        ({"expires_at": "2020-01-01T00:00:00Z"}, "expires_at", "EXPIRY_INVALID"),
        ({"expires_at": "2999-01-01"}, "expires_at", "INSTANT_INVALID"),
        ({"expires_at": "2999-01-01T00:00:00"}, "expires_at", "INSTANT_INVALID"),
        ({"expires_at": "9999-12-31T23:59:59-23:00"}, "expires_at", "INSTANT_INVALID"),
        ({"mode": "live"}, "mode", "FIELD_UNKNOWN"),
    ],
)
def test_a_wrong_field_is_named(key: str, aws: Aws, wrong: Any, field: str, code: str) -> None:
    answer = create(key, "invoices:read", **wrong)
    assert answer.status == 422
    assert [(detail["field"], detail["code"]) for detail in answer.error["details"]] == [(field, code)]
    assert len(aws.items("api_keys")) == 1


def test_a_live_key_makes_live_keys(aws: Aws) -> None:
    made = create(a_key("live"), "*").data
    assert (made["mode"], made["key"][:8]) == ("live", "sk_live_")


def test_a_key_that_expires_makes_none_that_outlives_it(key: str) -> None:
    own = create(key, "*", expires_at="2998-12-31T23:59:59.900Z").data
    assert own["expires_at"] == "2998-12-31T23:59:59.000Z"
    made = create(own["key"], "*")
    assert (made.status, made.data["expires_at"]) == (201, own["expires_at"])
    assert create(own["key"], "*", expires_at=None).data["expires_at"] == own["expires_at"]
    assert create(own["key"], "*", expires_at="2998-01-01T00:00:00Z").status == 201
    refused = create(own["key"], "*", expires_at="2999-01-01T00:00:00Z")
    (detail,) = refused.error["details"]
    assert (refused.status, detail["field"], detail["code"]) == (422, "expires_at", "EXPIRY_INVALID")
    assert detail["message"].endswith("not be later than that of the key you use, 2998-12-31T23:59:59.000Z.")


def test_an_account_has_so_many_usable_keys(key: str) -> None:
    made = [create(key, "invoices:read").data["id"] for _ in range(49)]
    refused = create(key, "invoices:read")
    assert (refused.status, refused.error["code"]) == (409, "TOO_MANY_API_KEYS")
    assert refused.error["message"] == "An account has at most 50 usable API keys in test mode. Revoke one first."
    assert revoke(key, made[0]).status == 204
    assert create(key, "invoices:read").status == 201


def test_keys_from_before_there_were_rosters_count(key: str, aws: Aws) -> None:
    made = create(key, "*").data
    (stored,) = (item for item in aws.items("accounts") if item["sk"]["S"] == "api_keys")
    names = {name: stored[name] for name in ("pk", "sk")}
    aws.client("dynamodb").delete_item(TableName=aws.environment["ACCOUNTS_TABLE"], Key=names)
    assert revoke(key, made["id"]).status == 204
    (own,) = (found for found in keys_of(key) if found["id"] != made["id"])
    assert revoke(key, own["id"]).error["code"] == "LAST_ADMIN_KEY"
