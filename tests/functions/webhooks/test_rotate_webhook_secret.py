"""POST /webhooks/{webhook_id}/rotate-secret."""

from typing import Any

import pytest

from tests.aws import Aws
from tests.functions.webhooks.asking import create, get, on
from tests.http import Response


def rotate(key: str, webhook: str, **body: Any) -> Response:
    return on(key, "POST", "rotate_webhook_secret", webhook, body, more="/rotate-secret")


def test_the_new_secret_is_shown_once_and_the_old_one_signs_for_a_day(key: str, aws: Aws) -> None:
    made = create(key)
    webhook = made.data["id"]
    rotated = rotate(key, webhook)
    assert rotated.status == 201
    assert rotated.data["secret"] != made.data["secret"]
    begins, ends = rotated.data["updated_at"], rotated.data["previous_expires_at"]
    assert begins[11:] == ends[11:]
    assert begins[:10] < ends[:10]
    assert "secret" not in get(key, webhook).data
    assert [item["type"]["S"] for item in aws.items("events")] == ["webhook.secret_rotated"]
    assert made.data["secret"] not in str(aws.items("events")) + str(aws.items("webhooks"))


def test_at_once_and_with_a_secret_of_ones_own(key: str) -> None:
    rotated = rotate(key, create(key).data["id"], secret="bar-secret-0123456789", overlap_seconds=0)
    assert rotated.data["secret"] == "bar-secret-0123456789"
    assert rotated.data["previous_expires_at"] == rotated.data["updated_at"]


@pytest.mark.parametrize("seconds", [-1, 604_801, 1.5, "a day", True])
def test_an_overlap_is_up_to_seven_days(key: str, seconds: Any) -> None:
    webhook = create(key).data["id"]
    (detail,) = rotate(key, webhook, overlap_seconds=seconds).error["details"]
    assert detail["field"] == "overlap_seconds"
    assert rotate(key, webhook, overlap_seconds=604_800).status == 201
