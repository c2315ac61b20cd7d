"""``notifications`` of the account: what is stored and shown, and the notice on its way through the functions."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from unittest.mock import patch

import pytest

from invoicing.domain.due_work import DueEntry, Work
from invoicing.messaging.due_work import message_of
from invoicing.wiring import Wiring, wiring
from tests.aws import Aws
from tests.functions.deliveries.mailing import Mailing
from tests.http import Response, a_key, call, load_handler, request

OPS = "ops@acme.example"


def change(key: str, notifications: Any) -> Response:
    return call("account/update_account", request("PATCH", "/account", {"notifications": notifications}, key=key))


def shown(key: str) -> Mapping[str, Any]:
    found: Mapping[str, Any] = call("account/get_account", request("GET", "/account", key=key)).data["notifications"]
    return found


@pytest.mark.parametrize(("mode", "enabled"), [("test", False), ("live", True)])
def test_it_is_off_in_test_mode_and_on_in_live_mode(key: str, mode: str, enabled: bool) -> None:
    own = key if mode == "test" else a_key("live")
    assert shown(own) == {"enabled": enabled, "email": None, "send_at": "08:00"}


def test_members_merge_and_null_is_the_default(key: str) -> None:
    assert change(key, {"enabled": True, "email": OPS}).data["notifications"] == shown(key)
    change(key, {"send_at": "17:30"})
    assert shown(key) == {"enabled": True, "email": OPS, "send_at": "17:30"}
    change(key, {"enabled": None, "send_at": None})
    assert shown(key) == {"enabled": False, "email": OPS, "send_at": "08:00"}
    change(key, None)
    assert shown(key) == {"enabled": False, "email": None, "send_at": "08:00"}


@pytest.mark.parametrize(
    ("given", "field", "code"),
    [
        ({"enabled": "yes"}, "notifications.enabled", "TYPE_INVALID"),
        ({"email": "nobody"}, "notifications.email", "EMAIL_INVALID"),
        ({"email": f"{OPS}\nBcc: x@y.example"}, "notifications.email", "EMAIL_INVALID"),
        ({"send_at": "8:00"}, "notifications.send_at", "TIME_INVALID"),
        ({"send_at": "24:00"}, "notifications.send_at", "TIME_INVALID"),
        ({"hour": 8}, "notifications.hour", "FIELD_UNKNOWN"),
        ("on", "notifications", "TYPE_INVALID"),
    ],
)
def test_other_values_are_refused(key: str, given: Any, field: str, code: str) -> None:
    refused = change(key, given)
    assert refused.status == 422
    assert [(each["field"], each["code"]) for each in refused.error["details"]] == [(field, code)]


def test_a_bounce_is_told_of_the_next_morning(
    key: str, draft: Any, aws: Aws, capsys: pytest.CaptureFixture[str]
) -> None:
    change(key, {"enabled": True, "email": OPS})
    mailing = Mailing(aws, key)
    mailing.send(draft["id"])
    mailing.deliver()
    mailing.report("ada@example.com", "bounce")
    (delivery,) = mailing.deliveries()
    account = delivery.account
    tomorrow = wiring().now() + timedelta(days=1)
    entry = DueEntry(tomorrow, Work.NOTICE, account.partition("#")[0], "AccountNotice", account)
    record = {"messageId": "m-1", "eventSource": "aws:sqs", "body": message_of(entry)}
    with patch.object(Wiring, "now", lambda _: tomorrow):
        for _ in range(2):
            answer = load_handler("reactions/run_due_work")({"Records": [record]}, None)
            assert answer == {"batchItemFailures": []}
        mailing.deliver()
    _, notice = mailing.deliveries()
    assert (notice.recipient, notice.document_kind, str(notice.status)) == (OPS, "notice", "sent")
    listed = call("deliveries/list_deliveries", request("GET", f"/deliveries?recipient={OPS}", key=key)).data
    assert [each["id"] for each in listed] == [notice.id]
    (event,) = (item for item in aws.items("events") if item["type"]["S"] == "notice.sent")
    logged = capsys.readouterr().out
    for private in ("ada@example.com", OPS):
        assert private not in event["data"]["S"]
        assert private not in logged
