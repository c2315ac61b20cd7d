"""POST /webhooks."""

import base64

import pytest

from tests.aws import Aws
from tests.functions.webhooks.asking import URL, create, get
from tests.http import a_key


def test_the_secret_is_shown_once_and_again_under_the_same_key(key: str, aws: Aws) -> None:
    once = {"Idempotency-Key": "once"}
    made = create(key, "invoice.*", "payment.created", headers=once)
    assert made.status == 201
    secret = made.data["secret"]
    assert len(base64.b64decode(secret.removeprefix("whsec_"), validate=True)) == 32
    assert made.headers["Location"].endswith(made.data["id"])
    assert made.data["events"] == ["invoice.*", "payment.created"]
    again = create(key, "invoice.*", "payment.created", headers=once)
    assert again.data == made.data
    read = get(key, made.data["id"])
    assert read.data == {name: value for name, value in made.data.items() if name != "secret"}
    assert read.headers["ETag"] == made.headers["ETag"]
    stored = [item for item in aws.items("webhooks") if item["sk"]["S"] == made.data["id"]]
    assert secret not in str(stored)


def test_a_given_secret_is_kept(key: str) -> None:
    assert create(key, secret="bar-secret-0123456789").data["secret"] == "bar-secret-0123456789"


@pytest.mark.parametrize(
    ("fields", "field", "code"),
    [
        ({"url": "https://169.254.169.254/"}, "url", "URL_NOT_PUBLIC"),
        ({"url": "http://example.com/"}, "url", "URL_NOT_PUBLIC"),
        ({"url": "http://localhost:4000/"}, "url", "URL_NOT_PUBLIC"),
        ({"url": "x" * 2049}, "url", "TOO_LONG"),
        ({"events": []}, "events", "TOO_FEW"),
        ({"events": ["invoice.payed"]}, "events[0]", "EVENT_TYPE_UNKNOWN"),
        ({"events": ["*", "webhooks.*"]}, "events[1]", "EVENT_TYPE_UNKNOWN"),
        ({"secret": "short"}, "secret", "SECRET_INVALID"),
        ({"secret": "whsec_c2hvcnQ="}, "secret", "SECRET_INVALID"),
        ({"secret": "x" * 256}, "secret", "TOO_LONG"),
    ],
)
def test_what_is_refused(key: str, fields: dict[str, object], field: str, code: str) -> None:
    answer = create(key, **fields)
    (detail,) = answer.error["details"]
    assert (answer.status, detail["field"], detail["code"]) == (422, field, code)


def test_an_account_has_twenty_in_each_mode(key: str) -> None:
    assert [create(key).status for _ in range(21)] == [201] * 20 + [409]
    assert create(key).error["code"] == "TOO_MANY_WEBHOOKS"
    assert create(a_key()).status == 201


def test_a_pattern_is_kept_once(key: str) -> None:
    assert create(key, "*", "invoice.*", "*").data["events"] == ["*", "invoice.*"]
    assert create(key).data["url"] == URL
