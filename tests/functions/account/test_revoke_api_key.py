from tests.functions.account.api_keys import create, keys_of, revoke, rotate, status_with
from tests.http import a_key


def test_a_revoked_key_ends_at_once_and_stays_listed(key: str) -> None:
    made = create(key, "*").data
    assert status_with(made["key"]) == 404
    answer = revoke(key, made["id"])
    assert (answer.status, answer.body) == (204, b"")
    assert status_with(made["key"]) == 401
    assert [found["revoked_at"] is not None for found in keys_of(key)] == [True, False]
    assert revoke(key, made["id"]).status == 204
    assert rotate(key, made["id"]).error["code"] == "INVALID_API_KEY_STATE"


def test_a_key_can_end_itself(key: str) -> None:
    made = create(key, "account:write").data
    assert revoke(made["key"], made["id"]).status == 204
    assert revoke(made["key"], made["id"]).error["code"] == "key_revoked"


def test_keys_of_others_are_not_found(key: str) -> None:
    made = create(key, "*").data
    for other in (a_key(), a_key("live")):
        assert revoke(other, made["id"]).error["code"] == "API_KEY_NOT_FOUND"
    assert revoke(key, "x" * 2000).status == 404
    assert status_with(made["key"]) == 404


def test_the_last_admin_key_stays(key: str) -> None:
    other = create(key, "account:write").data
    create(key, "invoices:*", "account:read")
    *_, own = keys_of(key)
    assert revoke(other["key"], own["id"]).status == 204
    refused = revoke(other["key"], other["id"])
    assert (refused.status, refused.error["code"]) == (409, "LAST_ADMIN_KEY")
    assert "Create another key with account:write first" in refused.error["message"]
    assert create(other["key"], "account:write").status == 201
    assert revoke(other["key"], other["id"]).status == 204
