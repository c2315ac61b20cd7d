"""POST /webhooks/{webhook_id}/replay."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.functions.webhooks.asking import Line, create, deliveries, on
from tests.http import Response


def replay(key: str, webhook: str, begins: Any, ends: Any) -> Response:
    return on(key, "POST", "replay_webhook", webhook, {"from": begins, "to": ends}, more="/replay")


def today(**later: float) -> str:
    return (datetime.now(UTC) + timedelta(**later)).isoformat()


def test_events_from_before_the_webhook(key: str, draft: Any, line: Line) -> None:
    webhook = create(key, "invoice.*", "customer.*").data["id"]
    answer = replay(key, webhook, today(hours=-1), today(hours=1))
    assert (answer.status, answer.data["status"]) == (202, "running")
    assert line.deliver() == 2
    assert [each["event"] for each in deliveries(key, webhook).data[::-1]] == ["customer.created", "invoice.created"]
    assert {each["replay_id"] for each in deliveries(key, webhook).data} == {answer.data["id"]}


def test_where_nothing_matches_it_is_completed_at_once(key: str, draft: Any) -> None:
    webhook = create(key, "payment.*").data["id"]
    assert replay(key, webhook, today(hours=-1), today(hours=1)).data["status"] == "completed"


def test_where_time_ends_nothing_is_replayed(key: str, draft: Any) -> None:
    answer = replay(key, create(key).data["id"], "9999-12-20T00:00:00Z", "9999-12-31T23:59:59.999Z")
    assert (answer.status, answer.data["status"]) == (202, "completed")


@pytest.mark.parametrize(
    ("begins", "ends", "field"),
    [(today(days=-31, seconds=-1), today(), "to"), (today(), today(hours=-1), "to"), ("2026", today(), "from")],
)
def test_a_period_is_at_most_31_days(key: str, begins: str, ends: str, field: str) -> None:
    (detail,) = replay(key, create(key).data["id"], begins, ends).error["details"]
    assert detail["field"] == field
