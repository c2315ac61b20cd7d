"""PATCH /webhooks/{webhook_id}."""

from typing import Any

import pytest

from tests.functions.webhooks.asking import URL, create, on
from tests.http import Response


def update(key: str, webhook: str, body: Any, **headers: str) -> Response:
    return on(key, "PATCH", "update_webhook", webhook, body, headers=headers)


def test_what_is_sent_is_changed(key: str) -> None:
    webhook = create(key, "invoice.*").data["id"]
    changed = update(key, webhook, {"url": "https://new.example.com/", "events": ["*"]})
    assert (changed.data["url"], changed.data["events"], changed.data["status"]) == (
        "https://new.example.com/",
        ["*"],
        "active",
    )
    same = update(key, webhook, {"events": ["*"]})
    assert same.headers["ETag"] == changed.headers["ETag"], "nothing was written"


def test_it_is_switched_off_and_on(key: str) -> None:
    webhook = create(key).data["id"]
    off = update(key, webhook, {"status": "disabled"})
    assert (off.data["status"], off.data["disabled_reason"]) == ("disabled", "requested")
    assert off.json["links"]["test"] is None
    on_again = update(key, webhook, {"status": "active", "events": ["invoice.*"]})
    assert (on_again.data["status"], on_again.data["disabled_reason"], on_again.data["events"]) == (
        "active",
        None,
        ["invoice.*"],
    )


@pytest.mark.parametrize(
    ("body", "field", "code"),
    [
        ({"url": "https://[::1]/"}, "url", "URL_NOT_PUBLIC"),
        ({"url": None}, "url", "TYPE_INVALID"),
        ({"events": ["x"]}, "events[0]", "EVENT_TYPE_UNKNOWN"),
        ({"status": "paused"}, "status", "VALUE_INVALID"),
        ({"secret": URL}, "secret", "FIELD_UNKNOWN"),
    ],
)
def test_what_is_refused(key: str, body: Any, field: str, code: str) -> None:
    (detail,) = update(key, create(key).data["id"], body).error["details"]
    assert (detail["field"], detail["code"]) == (field, code)


def test_an_outdated_etag_is_refused(key: str) -> None:
    webhook = create(key).data["id"]
    update(key, webhook, {"events": ["invoice.*"]})
    assert update(key, webhook, {"events": ["*"]}, **{"If-Match": '"v1"'}).status == 412
