"""Webhooks queue: the function."""

from datetime import UTC, datetime

from invoicing.domain.notices.account_notice import AccountNotice, notice_id
from invoicing.messaging.webhook_queue import message_of, order_of
from invoicing.operations.unit_of_work.change_set import Ref
from invoicing.operations.webhooks._ports import Answer, WebhookOrder
from invoicing.wiring import wiring
from tests.aws import Aws
from tests.fake_webhooks import OK
from tests.functions.webhooks.asking import Line, create, deliveries, get, on
from tests.functions.webhooks.conftest import line as line  # noqa: PLC0414 - a fixture
from tests.http import call, load_handler, request


def test_an_order_as_a_message() -> None:
    order = WebhookOrder(account="acc_1", webhook_id="webhook_1", id="dlv_1", at=datetime.now(UTC), turns=3)
    assert order_of(message_of(order)) == order


def test_a_message_that_cannot_be_read_fails_alone(aws: Aws) -> None:
    record = {"messageId": "poison", "eventSource": "aws:sqs", "body": "{}"}
    answer = load_handler("reactions/deliver_webhook")({"Records": [record]}, None)
    assert answer["batchItemFailures"] == [{"itemIdentifier": "poison"}]


def test_what_waits_for_an_endpoint_that_is_gone_is_found_and_skipped(key: str, line: Line, aws: Aws) -> None:
    notices = {"notifications": {"enabled": True, "email": "ops@acme.example"}}
    call("account/update_account", request("PATCH", "/account", notices, key=key))
    webhook, other = create(key).data["id"], create(key, "webhook.disabled").data["id"]
    on(key, "POST", "send_webhook_test", webhook, more="/test")
    line.sender.answers = lambda _: Answer(status_code=410, error="status")
    line.publish()
    assert line.deliver() == 2, "the attempt, and what it let go of"
    (delivery,) = deliveries(key, webhook).data
    assert (delivery["status"], delivery["reason"]) == ("skipped", "endpoint_disabled")
    assert get(key, webhook).data["disabled_reason"] == "gone"
    line.sender.answers = lambda _: OK
    line.publish()
    line.deliver()
    assert [each["event"] for each in deliveries(key, other).data] == ["webhook.disabled"]
    (account,) = {item["pk"]["S"] for item in aws.items("webhooks")}
    notice = wiring().store.find(Ref(AccountNotice, account, notice_id(account)))
    assert notice
    assert notice.webhook_ids == (webhook,)
