from decimal import Decimal
from typing import Any

import pytest

from tests.functions.recurring.asking import cancel, create, preview, update


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


def test_meta_has_the_totals_of_the_dates_that_are_shown(key: str, customer: Any) -> None:
    prorated = {"start_date": "2100-01-20", "day": 1, "proration": "first"}
    made = create(key, max_occurrences=3, tax_rate=0.2, currency="EUR", **prorated).data
    answer = preview(key, made["id"])
    (totals,) = answer.json["meta"]["totals"]
    assert totals == {
        "currency": "EUR",
        "count": 3,
        "subtotal": Decimal("116.97"),
        "tax": Decimal("23.39"),
        "total": Decimal("140.36"),
    }
    assert totals["total"] == sum(each["total"] for each in answer.data)
    assert preview(key, made["id"], "count=1").json["meta"]["totals"][0]["total"] == answer.data[0]["total"]


def test_a_plan_in_another_currency_has_totals_of_its_own(key: str, schedule: Any) -> None:
    assert update(key, schedule["id"], {"effective_from": "2100-03-01", "currency": "EUR"}).status == 200
    totals = preview(key, schedule["id"], "count=5").json["meta"]["totals"]
    assert [(each["currency"], each["count"], each["total"]) for each in totals] == [("EUR", 3, 147), ("USD", 2, 98)]


def test_one_that_has_ended_has_no_totals(key: str, schedule: Any) -> None:
    assert cancel(key, schedule["id"]).status == 200
    assert preview(key, schedule["id"]).json["meta"]["totals"] == []
