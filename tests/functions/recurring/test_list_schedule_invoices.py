from typing import Any

import pytest

from tests.aws import Aws
from tests.functions.recurring.asking import create, days_ago, invoices, make_due
from tests.http import Response
from tests.prepared import prepared


@pytest.fixture
@prepared
def made(key: str, draft: Any, aws: Aws) -> str:
    """A schedule that has made three invoices, beside an invoice of nobody and another schedule."""
    assert draft
    past = {"frequency": "daily", "start_date": days_ago(3), "catch_up": "all", "end_date": days_ago(1)}
    schedule, other = (create(key, on_generate=to, **past).data["id"] for to in ("issue", "draft"))
    make_due(aws, schedule)
    make_due(aws, other)
    return str(schedule)


def periods(answer: Response) -> list[str]:
    assert answer.status == 200, answer.body
    return [invoice["service_period"]["start"] for invoice in answer.data]


def test_it_has_the_invoices_of_its_schedule_the_newest_first(key: str, made: str) -> None:
    answer = invoices(key, made)
    assert {invoice["recurring_id"] for invoice in answer.data} == {made}
    assert sorted(periods(answer)) == [days_ago(3), days_ago(2), days_ago(1)]
    created = [invoice["created_at"] for invoice in answer.data]
    assert created == sorted(created, reverse=True)


@pytest.mark.parametrize(("query", "count"), [("status=sent", 3), ("status=draft", 0), ("per_page=2", 2)])
def test_filters_and_pages(key: str, made: str, query: str, count: int) -> None:
    assert len(periods(invoices(key, made, query))) == count


def test_what_cannot_be_asked_is_refused(key: str, made: str) -> None:
    answer = invoices(key, made, "customer_id=cust_123")
    assert (answer.status, answer.error["details"][0]["field"]) == (400, "customer_id")


def test_an_unknown_schedule_is_not_found(key: str, made: str) -> None:
    assert invoices(key, "rec_404").error["code"] == "RECURRING_INVOICE_NOT_FOUND"
