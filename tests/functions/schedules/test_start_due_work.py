import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.aws import Aws
from tests.functions.due_work import queued
from tests.http import call, load_handler, request
from tests.template import ROOT, read_template

SAMPLE = json.loads((ROOT / "events/schedules/start_due_work.json").read_text())


pytestmark = pytest.mark.usefixtures("queue")


def test_a_tick_queues_an_invoice_that_is_past_its_due_date(aws: Aws, sent: Any) -> None:
    load_handler("schedules/start_due_work")(SAMPLE, None)
    (message,) = queued(aws)
    assert (message["kind"], message["id"], message["work"]) == ("Invoice", sent["id"], "OVERDUE")


def test_nothing_is_queued_where_nothing_is_due(aws: Aws, key: str, draft: Any) -> None:
    day = (datetime.now(UTC) + timedelta(days=2)).date().isoformat()
    new = {"customer_id": "cust_123", "items": draft["items"][:1], "due_date": day, "send_email": True}
    new["items"] = [{"description": "Work", "quantity": 1, "unit_price": 1}]
    assert call("invoices/create_invoice", request("POST", "/invoices", new, key=key)).status == 201
    load_handler("schedules/start_due_work")(SAMPLE, None)
    assert queued(aws) == []


def test_a_tick_comes_every_few_minutes_in_real_time() -> None:
    (tick,) = read_template().content["Resources"]["StartDueWorkFunction"]["Properties"]["Events"].values()
    assert tick["Type"] == "ScheduleV2"
    assert tick["Properties"]["ScheduleExpression"] == {"Fn::Sub": "rate(${DueWorkRate})"}
    assert read_template().content["Parameters"]["DueWorkRate"]["Default"] == "5 minutes"


def test_schedules_are_rates() -> None:
    """A cron expression has a time zone, which would be that of AWS and not that of an account."""
    schedules = [
        event["Properties"]["ScheduleExpression"]
        for function in read_template().functions
        for event in function.properties.get("Events", {}).values()
    ]
    assert schedules
    texts = [each["Fn::Sub"] if isinstance(each, dict) else each for each in schedules]
    assert all(text.startswith("rate(") for text in texts)
