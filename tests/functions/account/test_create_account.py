import hashlib
from typing import Any

import pytest

from invoicing.domain.errors import NotFound, ValidationFailed
from tests.aws import Aws
from tests.http import call, load_handler, request


def test_the_key_is_shown_once_and_only_its_hash_is_stored(aws: Aws) -> None:
    made = load_handler("account/create_account")({"name": "Acme", "mode": "live"}, None)
    assert made["api_key"].startswith("sk_live_")
    (stored,) = aws.items("api_keys")
    assert stored["pk"]["S"] == hashlib.sha256(made["api_key"].encode()).hexdigest()
    assert made["api_key"] not in str(stored)


def test_test_and_live_data_have_partitions_of_their_own(aws: Aws) -> None:
    made = load_handler("account/create_account")({"name": "Acme"}, None)
    profiles = {item["pk"]["S"] for item in aws.items("accounts") if item["sk"]["S"] == "profile"}
    assert profiles == {made["account_id"], made["account_id"] + "#test"}
    (key,) = aws.items("api_keys")
    assert key["account"]["S"] == made["account_id"] + "#test"


@pytest.mark.parametrize(
    "wrong", [{"name": ""}, {"time_zone": "Mars/Olympus"}, {"currency": "?"}, {"mode": "prod"}, {"nmae": "x"}]
)
def test_a_wrong_field_is_refused_and_nothing_is_made(aws: Aws, wrong: dict[str, str]) -> None:
    with pytest.raises(ValidationFailed, match=next(iter(wrong))):
        load_handler("account/create_account")({"name": "Acme"} | wrong, None)
    assert aws.items("accounts") == aws.items("api_keys") == []


def test_an_account_that_is_locked_out_gets_another_key(aws: Aws) -> None:
    create = load_handler("account/create_account")
    made = create({"name": "Acme", "mode": "live"}, None)
    (lost,) = aws.items("api_keys")
    aws.client("dynamodb").delete_item(TableName=aws.environment["API_KEYS_TABLE"], Key={"pk": lost["pk"]})

    added = create({"account_id": made["account_id"], "mode": "live"}, None)
    assert added["account_id"] == made["account_id"]
    answer = call("account/get_account", request("GET", "/account", key=added["api_key"]))
    assert (answer.status, answer.data["id"], answer.data["name"]) == (200, made["account_id"], "Acme")
    assert sorted(item["sk"]["S"] for item in aws.items("accounts")) == ["api_keys", "profile", "profile"]


def test_a_key_for_an_account_that_does_not_exist_is_refused(aws: Aws) -> None:
    with pytest.raises(NotFound, match="acc_0195512345007a3b8c1d2e3f40516273"):
        load_handler("account/create_account")({"account_id": "acc_0195512345007a3b8c1d2e3f40516273"}, None)
    assert aws.items("accounts") == aws.items("api_keys") == []


@pytest.mark.parametrize(
    ("wishes", "limit"),
    [
        ({}, 1_000),
        ({"plan": "standard"}, 1_000),
        ({"plan": "professional"}, 10_000),
        ({"plan": "enterprise", "rate_limit": 250_000}, 250_000),
        ({"rate_limit": 5}, 5),
    ],
)
def test_plan_and_rate_limit_set_the_keys_requests_per_hour(aws: Aws, wishes: dict[str, Any], limit: int) -> None:
    made = load_handler("account/create_account")({"name": "Acme", **wishes}, None)
    answer = call("account/get_account", request("GET", "/account", key=made["api_key"]))
    assert made["requests_per_hour"] == limit
    assert answer.headers["X-RateLimit-Limit"] == str(limit)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"plan": "gold"}, "plan"),
        ({"plan": "enterprise"}, "rate_limit"),
        ({"plan": "professional", "rate_limit": 5}, "rate_limit"),
        ({"rate_limit": 0}, "rate_limit"),
        ({"rate_limit": 3_600_001}, "rate_limit"),
        ({"rate_limit": "5 per hour"}, "rate_limit"),
        ({"rate_limit": True}, "rate_limit"),
        ({"account_id": "acc_x#test"}, "account_id"),
        ({"account_id": "acc_x", "name": "Acme"}, "name"),
        ({"account_id": ""}, "account_id"),
        ({"account_id": None}, "account_id"),
    ],
)
def test_wrong_wishes_for_a_key_are_refused_by_name(aws: Aws, wrong: dict[str, Any], field: str) -> None:
    event = wrong if "account_id" in wrong else {"name": "Acme", **wrong}
    with pytest.raises(ValidationFailed) as refused:
        load_handler("account/create_account")(event, None)
    assert [detail.field for detail in refused.value.details] == [field]
    assert aws.items("accounts") == aws.items("api_keys") == []
