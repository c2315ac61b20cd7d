from typing import Any

import pytest

from invoicing.storage.dynamodb.due_work import shard_of_clock
from tests.aws import Aws
from tests.functions.conftest import NEW_INVOICE
from tests.functions.test_clock.clock_requests import LEAP_DAY, ask, freeze, shown
from tests.http import load_handler


def tick(aws: Aws) -> None:
    """A tick, and what it queues."""
    sqs, queue = aws.client("sqs"), aws.environment["DUE_WORK_QUEUE"]
    load_handler("schedules/start_due_work")({}, None)
    while messages := sqs.receive_message(QueueUrl=queue, MaxNumberOfMessages=10).get("Messages"):
        records = [{"messageId": each["MessageId"], "body": each["Body"]} for each in messages]
        assert load_handler("reactions/run_due_work")({"Records": records}, None) == {"batchItemFailures": []}
        for each in messages:
            sqs.delete_message(QueueUrl=queue, ReceiptHandle=each["ReceiptHandle"])


def shards(aws: Aws) -> set[str]:
    return {item["due_shard"]["S"] for item in aws.items("invoices") if "due_shard" in item}


def test_test_mode_has_real_time_again_and_its_data_stay(key: str, customer: Any) -> None:
    freeze(key)
    made = ask(key, "invoices/create_invoice", {"customer_id": customer["id"], "items": NEW_INVOICE["items"]}).data
    answer = ask(key, "test_clock/delete_test_clock")
    assert (answer.status, answer.body, shown(key)) == (204, b"", "TEST_CLOCK_NOT_FOUND")
    assert ask(key, "test_clock/delete_test_clock").error["code"] == "TEST_CLOCK_NOT_FOUND"
    kept = ask(key, "invoices/get_invoice", invoice_id=made["id"]).data
    assert kept["created_at"] == LEAP_DAY
    assert ask(key, "customers/create_customer", {"name": "B"}).data["created_at"] < LEAP_DAY


def test_payments_are_not_dated_after_the_real_today(key: str, customer: Any) -> None:
    freeze(key)
    new = {"customer_id": customer["id"], "items": NEW_INVOICE["items"], "send_email": True}
    invoice_id = ask(key, "invoices/create_invoice", new).data["id"]
    paid = {"amount": 1, "payment_date": "2028-02-29"}
    assert ask(key, "payments/record_invoice_payment", paid, invoice_id=invoice_id).status == 201
    ask(key, "test_clock/delete_test_clock")
    new = {"customer_id": customer["id"], "currency": "USD"} | paid
    refused = ask(key, "payments/record_payment", new)
    assert [detail["field"] for detail in refused.error["details"]] == ["payment_date"]


@pytest.mark.usefixtures("queue")
def test_due_work_waits_for_real_time_again(aws: Aws, key: str, sent: Any) -> None:
    """It had waited for the clock, though what was due already when the clock was made was met by a tick."""
    account = aws.items("invoices")[0]["pk"]["S"]
    freeze(key)
    ask(key, "invoices/create_invoice", NEW_INVOICE | {"due_date": "2028-06-30", "send_email": True})
    tick(aws)
    assert shards(aws) == {shard_of_clock(account)}
    assert ask(key, "invoices/get_invoice", invoice_id=sent["id"]).data["status"] == "sent"
    ask(key, "test_clock/delete_test_clock")
    tick(aws)
    assert shards(aws) == {shard for shard in shards(aws) if shard.startswith("test#")} != set()
    tick(aws)
    assert ask(key, "invoices/get_invoice", invoice_id=sent["id"]).data["status"] == "overdue"
