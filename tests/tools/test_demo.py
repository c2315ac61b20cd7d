"""`make demo`, on the API in this process: its requests are all accepted, and its figures are those of a business."""

import json
from collections import Counter
from typing import Any

import pytest

from tests.aws import Aws
from tests.functions.local_api import catch_up, local_api
from tests.http import a_key
from tools.demo import ACCOUNT, Api, filled, live_through


@pytest.fixture
def api(aws: Aws) -> Any:
    name = aws.environment["DUE_WORK_QUEUE"].rpartition("/")[2]
    aws.client("sqs").create_queue(QueueName=name)
    with local_api() as server:
        yield opened(server.url)


class ApiWithoutMail(Api):
    """No e-mail service takes what is mailed here, and a clock waits for it: all recipients are simulated."""

    def call(self, method: str, path: str, body: object = None) -> Any:
        return super().call(
            method, path, json.loads(json.dumps(body).replace("@simulator.amazonses.com", "@x.example"))
        )


def opened(url: str) -> Api:
    return ApiWithoutMail(url, a_key(**ACCOUNT, plan="professional"))


@pytest.mark.slow
def test_the_first_weeks(api: Api) -> None:
    made = live_through(api, "01-28")
    statuses = Counter(invoice["status"] for invoice in api.call("GET", "/invoices?limit=100"))
    assert statuses == {"partially_paid": 1, "sent": 1}
    shop = api.call("GET", f"/invoices/{made['shop']['id']}")
    assert (shop["amount_due"], shop["template"]["id"]) == (5558.9, made["letterhead"]["id"])
    assert api.call("GET", f"/files/{made['logo']['id']}")["status"] == "ready"


@pytest.mark.nightly
def test_the_whole_year_twice(aws: Aws, api: Api) -> None:
    for account in (api, opened(api.url)):
        live_through(account)
        catch_up(aws, set())
        summary = account.call("GET", "/reports/summary?start_date=2026-01-01&end_date=2026-12-31")
        year = summary["base"]
        wanted = ("invoice_count", "credit_note_count", "revenue", "collected", "refunds", "written_off", "overdue")
        figures = {name: float(year[name]) for name in wanted}
        assert figures == {
            "invoice_count": 41, "credit_note_count": 4, "revenue": 69807.95, "collected": 61176.32,
            "refunds": 209.3, "written_off": 1350, "overdue": 7709.81,
        }  # fmt: skip


def test_parts_of_answers_are_filled_in() -> None:
    answers = {"shop": {"id": "inv_1", "items": [{"id": "item_1"}]}}
    line = {"path": "/invoices/<shop.id>/send", "items": ["<shop.items.0.id>", 2, "{{ month }}"]}
    assert filled(line, answers) == {"path": "/invoices/inv_1/send", "items": ["item_1", 2, "{{ month }}"]}
