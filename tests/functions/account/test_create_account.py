import hashlib

import pytest

from invoicing.domain.errors import ValidationFailed
from tests.aws import Aws
from tests.http import load_handler


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
