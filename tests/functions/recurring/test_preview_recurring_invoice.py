from decimal import Decimal
from typing import Any

import pytest

from tests.functions.recurring.asking import create, preview


def test_dates_and_amounts_without_drift(key: str, customer: Any) -> None:
    made = create(key, start_date="2027-01-31", business_days="next", tax_rate=0.2).data
    answer = preview(key, made["id"], "count=3")
    assert answer.data == [
        {
            "occurrence_date": nominal,
            "issue_date": issued,
            "service_period": {"start": nominal, "end": end},
            "total": Decimal("58.80"),
            "currency": "USD",
        }
        for nominal, issued, end in (
            ("2027-01-31", "2027-02-01", "2027-02-27"),
            ("2027-02-28", "2027-03-01", "2027-03-30"),
            ("2027-03-31", "2027-03-31", "2027-04-29"),
        )
    ]


@pytest.mark.parametrize(("query", "count"), [("", 12), ("count=1", 1), ("count=100", 100)])
def test_it_is_as_long_as_asked(key: str, schedule: Any, query: str, count: int) -> None:
    assert len(preview(key, schedule["id"], query).data) == count


@pytest.mark.parametrize("count", ["0", "101", "1.5", "x"])
def test_another_count_is_refused(key: str, schedule: Any, count: str) -> None:
    answer = preview(key, schedule["id"], f"count={count}")
    assert (answer.status, answer.error["details"][0]["field"]) == (400, "count")
