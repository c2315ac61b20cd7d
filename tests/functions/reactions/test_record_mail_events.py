"""What SES reports, from the queue into the tables."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.aws import Aws
from tests.http import load_handler
from tests.mail_service import mail_event, mail_message
from tests.messages import message_of

type Report = Callable[..., list[str]]


def handle(file: str, *messages: dict[str, Any]) -> list[str]:
    """Ids of the messages that shall come again."""
    answer = load_handler(file)({"Records": list(messages)}, None)
    return [failure["itemIdentifier"] for failure in answer["batchItemFailures"]]


@pytest.fixture
def report(aws: Aws, sent: Any) -> Report:
    """Hand over the e-mail of the invoice, then report something of it."""
    (item,) = [item for item in aws.items("events") if item["type"]["S"] == "invoice.sent"]
    assert handle("reactions/deliver_email", message_of(item)) == []
    (delivery,) = aws.items("deliveries")

    def report(*names: str) -> list[str]:
        own = {"delivery_id": delivery["sk"]["S"], "account": delivery["pk"]["S"]}
        messages = [mail_message(name, message_id=f"m-{index}", **own) for index, name in enumerate(names)]
        return handle("reactions/record_mail_events", *messages)

    return report


def types(aws: Aws) -> list[str]:
    return [item["type"]["S"] for item in sorted(aws.items("events"), key=lambda item: str(item["sk"]["S"]))]


def keys(aws: Aws) -> list[str]:
    return [item["sk"]["S"].partition("_")[0] for item in aws.items("deliveries")]


def test_a_bounce_is_on_the_timeline_and_suppresses_once(aws: Aws, report: Report) -> None:
    assert report("bounce", "bounce") == []
    assert report("bounce") == []
    assert types(aws)[-1:] == ["invoice.email_bounced"]
    assert types(aws).count("invoice.email_bounced") == 1
    assert sorted(keys(aws)) == ["dlv", "suppression#ada@example.com"]


def test_reports_of_one_batch_are_all_recorded(aws: Aws, report: Report) -> None:
    assert report("delivery_delay", "complaint", "delivery") == []
    assert "suppression#ada@example.com" in keys(aws)


def test_a_full_mailbox_has_a_count_and_no_suppression(aws: Aws, report: Report) -> None:
    assert report("bounce_mailbox_full") == []
    assert sorted(keys(aws)) == ["dlv", "failures#ada@example.com"]


def test_reports_of_others_are_passed_over_with_a_line_in_the_log(
    aws: Aws, report: Report, caplog: pytest.LogCaptureFixture
) -> None:
    before = aws.items("deliveries")
    assert handle("reactions/record_mail_events", mail_message("bounce", "dlv_" + "0" * 32)) == []
    assert vars(caplog.records[-1])["outcome"] == "unknown_delivery"
    assert aws.items("deliveries") == before


def test_what_is_no_report_fails_alone(aws: Aws, report: Report) -> None:
    opened = mail_event("delivery")
    opened["detail"]["eventType"] = "Open"
    untagged = mail_event("delivery")
    del untagged["detail"]["mail"]["tags"]["delivery"]
    messages = [
        {"messageId": f"m-{index}", "eventSource": "aws:sqs", "body": body}
        for index, body in enumerate(["{}", json.dumps(opened), json.dumps(untagged)])
    ]
    failed = handle("reactions/record_mail_events", *messages, mail_message("delivery", message_id="m-9"))
    assert failed == ["m-0", "m-1", "m-2"]
