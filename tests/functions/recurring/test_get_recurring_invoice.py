from typing import Any

from tests.aws import Aws
from tests.functions.recurring.asking import create, days_ago, get, make_due, update
from tests.http import a_key


def test_it_says_how_far_it_has_come(key: str, customer: Any, aws: Aws) -> None:
    made = create(key, frequency="daily", start_date=days_ago(2), catch_up="all", max_occurrences=2).data
    make_due(aws, made["id"])
    found = get(key, made["id"]).data
    assert (found["status"], found["next_billing_date"], found["invoices_generated"]) == ("completed", None, 2)
    assert found["last_occurrence_date"] == days_ago(1)
    assert found["last_invoice_id"].startswith("inv_")


def test_it_shows_what_is_planned(key: str, schedule: Any) -> None:
    update(key, schedule["id"], {"notes": "Dearer", "effective_from": "2100-03-31"})
    (planned,) = get(key, schedule["id"]).data["planned"]
    assert (planned["effective_from"], planned["notes"], planned["items"]) == (
        "2100-03-31",
        "Dearer",
        schedule["items"],
    )


def test_it_is_found_in_its_account_only(key: str, schedule: Any) -> None:
    assert get(key, schedule["id"]).data == schedule
    assert get(a_key(), schedule["id"]).error["code"] == "RECURRING_INVOICE_NOT_FOUND"
