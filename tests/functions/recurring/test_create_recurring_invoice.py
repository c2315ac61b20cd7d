from decimal import Decimal
from typing import Any

import pytest

from tests.aws import Aws
from tests.functions.recurring.asking import LINE, create, days_ago, get

EVERYTHING = {
    "items": [
        LINE
        | {"unit": "month", "sku": "H-1", "discount": {"type": "percentage", "value": 10}, "tax_category": "S"}
        | {"tax_rate": "0.2", "charges": [{"description": "Setup", "amount": 5}]}
    ],
    "currency": "EUR",
    "payment_terms": "Net 14",
    "early_payment_discounts": [{"percent": 2, "days": 7}],
    "discount": {"type": "fixed", "value": 1},
    "charges": [{"description": "Freight", "percentage": 1, "tax_rate": 0, "tax_category": "Z"}],
    "rounding": {"level": "line"},
    "notes": "{{ period_start }} – {{ period_end }}",
    "purchase_order": "PO-1",
    "locale": "de-AT",
    "locales": ["de-AT", "hu"],
    "email_subject": "Invoice {{ occurrence }}",
    "email_message": "Hello",
    "metadata": {"plan": "pro"},
    "interval": 2,
    "day": "last",
    "end_date": "2110-01-31",
    "max_occurrences": 12,
    "on_generate": "issue",
    "send_at": "18:30",
    "business_days": "modified_next",
    "billing": "in_arrears",
    "proration": "first_and_last",
    "catch_up": "latest",
    "catch_up_dates": "occurrence",
}


def test_a_frequency_and_a_start_are_enough(key: str, customer: Any, aws: Aws) -> None:
    answer = create(key)
    assert answer.status == 201, answer.body
    made = answer.data
    assert (made["status"], made["next_billing_date"], made["invoices_generated"]) == ("active", "2100-01-31", 0)
    usual: dict[str, Any] = {
        "interval": 1, "day": None, "weekday": None, "end_date": None, "max_occurrences": None, "auto_send": True,
        "on_generate": "send", "send_at": "09:00", "business_days": "none", "billing": "in_advance", "catch_up": "all",
        "catch_up_dates": "today", "proration": "none", "currency": None, "planned": [], "last_error": None,
    }  # fmt: skip
    assert {name: made[name] for name in usual} == usual
    links = answer.json["links"]
    assert answer.headers["Location"] == links["self"]
    assert links["invoices"].endswith(f"/recurring/{made['id']}/invoices")
    assert (links["resume"], bool(links["pause"])) == (None, True)
    assert [item["sk"]["S"] for item in aws.items("invoices")] == [f"recurring#{made['id']}"]


def test_what_was_given_comes_back(key: str, customer: Any) -> None:
    made = create(key, **EVERYTHING).data
    assert get(key, made["id"]).data == made
    same = EVERYTHING.keys() - {"items", "charges", "rounding"}
    assert {name: made[name] for name in same} == {name: EVERYTHING[name] for name in same}
    (line,) = made["items"]
    assert (line["discount"], line["unit"], line["tax_rate"]) == (
        {"type": "percentage", "value": 10},
        "month",
        Decimal("0.2"),
    )
    assert line["charges"] == [{"description": "Setup", "amount": 5, "percentage": None}]
    assert (made["charges"][0]["percentage"], made["charges"][0]["tax_category"]) == (1, "Z")
    assert made["rounding"] == {"level": "line", "mode": None, "cash": None}
    assert made["auto_send"] is False


def test_the_answer_can_be_sent_again_as_it_is(key: str, customer: Any) -> None:
    made = create(key, **EVERYTHING).data
    fields = {*EVERYTHING, "frequency", "start_date", "auto_send", "taxes", "withholdings", "allowances", "series_id"}
    again = create(key, **{name: made[name] for name in fields})
    assert again.status == 201, again.body
    assert {name: again.data[name] for name in fields} == {name: made[name] for name in fields}


@pytest.mark.parametrize(
    ("given", "on_generate"),
    [
        ({}, "send"),
        ({"auto_send": True}, "send"),
        ({"auto_send": False}, "draft"),
        ({"auto_send": False, "on_generate": "issue"}, "issue"),
        ({"auto_send": True, "on_generate": "send"}, "send"),
        ({"auto_send": None, "on_generate": "draft"}, "draft"),
    ],
)
def test_what_becomes_of_its_invoices_is_said_in_either_way(
    key: str, customer: Any, given: Any, on_generate: str
) -> None:
    made = create(key, **given).data
    assert (made["on_generate"], made["auto_send"]) == (on_generate, on_generate == "send")


@pytest.mark.usefixtures("customer")
@pytest.mark.parametrize(
    ("wrong", "field", "code"),
    [
        ({"frequency": "fortnightly"}, "frequency", "VALUE_INVALID"),
        ({"interval": 0}, "interval", "VALUE_INVALID"),
        ({"day": 32}, "day", "VALUE_INVALID"),
        ({"day": "first"}, "day", "TYPE_INVALID"),
        ({"weekday": "mon"}, "weekday", "VALUE_INVALID"),
        ({"frequency": "weekly", "day": 1}, "day", "VALUE_INVALID"),
        ({"send_at": "9:00"}, "send_at", "TIME_INVALID"),
        ({"end_date": "2100-01-30"}, "end_date", "DATE_INVALID"),
        ({"max_occurrences": 0}, "max_occurrences", "VALUE_INVALID"),
        ({"auto_send": True, "on_generate": "draft"}, "", "AUTO_SEND_CONFLICT"),
        ({"auto_send": False, "on_generate": "send"}, "", "AUTO_SEND_CONFLICT"),
        ({"due_date": "2100-03-01"}, "due_date", "FIELD_UNKNOWN"),
        ({"notes": "{{ year }}"}, "notes", "PLACEHOLDER_UNKNOWN"),
        ({"start_date": "2020-01-31"}, "catch_up", "CATCH_UP_REQUIRED"),
        (
            {"items": [LINE | {"service_period": {"start": "2100-01-01", "end": "2100-01-31"}}]},
            "items[0].service_period",
            "VALUE_INVALID",
        ),
    ],
)
def test_a_wrong_field_is_named_and_nothing_is_kept(key: str, aws: Aws, wrong: Any, field: str, code: str) -> None:
    answer = create(key, **wrong)
    assert answer.status == 422
    assert [(detail["field"], detail["code"]) for detail in answer.error["details"]] == [(field, code)]
    assert aws.items("invoices") == []


def test_a_start_in_the_past_is_warned_of(key: str, customer: Any) -> None:
    answer = create(key, frequency="daily", start_date=days_ago(3), catch_up="all")
    assert answer.status == 201
    assert [each["code"] for each in answer.json["meta"]["warnings"]] == ["PAST_DATES"]


def test_the_same_key_again_makes_no_second_one(key: str, customer: Any, aws: Aws) -> None:
    first, again = (create(key, headers={"Idempotency-Key": "k"}) for _ in range(2))
    assert (again.body, again.headers["Idempotent-Replayed"]) == (first.body, "true")
    assert len(aws.items("invoices")) == 1
