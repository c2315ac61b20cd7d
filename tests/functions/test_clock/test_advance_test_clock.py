from datetime import timedelta
from typing import Any

import pytest

from invoicing.domain.test_clocks import test_clock as clock_module
from invoicing.operations.test_clock import _advance
from invoicing.wiring import wiring
from tests.aws import Aws
from tests.functions.conftest import NEW_INVOICE
from tests.functions.test_clock.clock_requests import LEAP_DAY, ask, freeze, shown
from tests.functions.test_clock.test_get_test_clock import NOTHING_DONE
from tests.http import Response, a_key, load_handler

FILE = "test_clock/advance_test_clock"


def advance(key: str, body: Any, *, idempotency_key: str | None = None) -> Response:
    return ask(key, FILE, body, headers={"Idempotency-Key": idempotency_key} if idempotency_key else None)


def invoice(key: str, **changed: Any) -> Any:
    new = NEW_INVOICE | {"issue_date": "2028-02-29", "due_date": "2028-03-30", "send_email": True} | changed
    return ask(key, "invoices/create_invoice", new).data


def status_of(key: str, made: Any) -> Any:
    return ask(key, "invoices/get_invoice", invoice_id=made["id"]).data["status"]


def take_messages(aws: Aws) -> int:
    """What the queue of due work has is done; how many messages that was."""
    sqs, queue, count = aws.client("sqs"), aws.environment["DUE_WORK_QUEUE"], 0
    while messages := sqs.receive_message(QueueUrl=queue, MaxNumberOfMessages=10).get("Messages"):
        records = [{"messageId": each["MessageId"], "body": each["Body"]} for each in messages]
        assert load_handler("reactions/run_due_work")({"Records": records}, None) == {"batchItemFailures": []}
        for each in messages:
            sqs.delete_message(QueueUrl=queue, ReceiptHandle=each["ReceiptHandle"])
        count += len(messages)
    return count


@pytest.fixture
def short_slices(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each slice takes one step, as if that took all its time."""
    monkeypatch.setattr(_advance, "SLICE", timedelta())


def test_what_is_due_happens_and_is_counted(key: str, customer: Any) -> None:
    assert customer
    freeze(key)
    soon, later = invoice(key), invoice(key, due_date="2028-12-31")
    answer = advance(key, {"by": "P3M"})
    assert answer.status == 200
    assert answer.data == shown(key)
    assert answer.data == {
        "now": "2028-05-29T08:00:00.000Z",
        "status": "ready",
        "target": None,
        "done": NOTHING_DONE | {"overdue": 1},
        "last_error": None,
    }
    assert answer.json["links"]["self"].endswith("/v1/invoicing/test-clock")
    assert (status_of(key, soon), status_of(key, later)) == ("overdue", "sent")
    (event,) = ask(key, "events/list_events", query="?type=invoice.overdue").data
    assert (event["created_at"], event["data"]["overdue_at"]) == ("2028-03-31T00:00:00.000Z",) * 2
    assert event["actor"] == {"type": "schedule", "id": "run_due_work"}


def test_it_goes_to_an_instant(key: str) -> None:
    freeze(key)
    assert advance(key, {"to": "2028-03-01T01:00:00+01:00"}).data["now"] == "2028-03-01T00:00:00.000Z"
    assert ask(key, "customers/create_customer", {"name": "B"}).data["created_at"] == "2028-03-01T00:00:00.000Z"


def test_a_period_is_one_of_the_time_zone_of_the_account(key: str) -> None:
    ask(key, "account/update_account", {"time_zone": "Europe/Berlin"})
    freeze(key, "2027-02-28T08:00:00Z")
    assert advance(key, {"by": "P1M"}).data["now"] == "2027-03-28T07:00:00.000Z"
    assert advance(key, {"by": "PT24H"}).data["now"] == "2027-03-29T07:00:00.000Z"


def test_other_keys_and_live_mode(key: str) -> None:
    """All keys of test mode see the new time, and live mode keeps its own."""
    other = ask(key, "account/create_api_key", {"name": "Shop", "scopes": ["*"]}).data["key"]
    freeze(key)
    advance(key, {"by": "P1Y"})
    assert ask(other, "customers/create_customer", {"name": "B"}).data["created_at"] == "2029-02-28T08:00:00.000Z"
    assert advance(a_key("live"), {"by": "P1Y"}).error["code"] == "TEST_MODE_REQUIRED"


@pytest.mark.parametrize(
    ("body", "wrong"),
    [
        ({}, ("", "VALUE_INVALID")),
        ({"to": "2029-01-01T00:00:00Z", "by": "P1M"}, ("", "VALUE_INVALID")),
        ({"by": "1 month"}, ("by", "DURATION_INVALID")),
        ({"by": "P-1M"}, ("by", "DURATION_INVALID")),
        ({"by": 30}, ("by", "DURATION_INVALID")),
        ({"by": "P0D"}, ("by", "ADVANCE_INVALID")),
        ({"by": "P2Y1D"}, ("by", "ADVANCE_INVALID")),
        ({"to": LEAP_DAY}, ("to", "ADVANCE_INVALID")),
        ({"to": "2028-02-28T08:00:00Z"}, ("to", "ADVANCE_INVALID")),
        ({"to": "2030-02-28T08:00:00.001Z"}, ("to", "ADVANCE_INVALID")),
        ({"to": "2100-01-01T00:00:00Z"}, ("to", "INSTANT_INVALID")),
    ],
)
def test_it_goes_forward_by_an_instant_or_a_period(key: str, body: Any, wrong: tuple[str, str]) -> None:
    freeze(key)
    answer = advance(key, body)
    assert [(detail["field"], detail["code"]) for detail in answer.error["details"]] == [wrong]
    assert shown(key)["now"] == LEAP_DAY


@pytest.mark.usefixtures("queue", "short_slices")
def test_what_takes_longer_goes_on_in_the_background(aws: Aws, key: str, customer: Any) -> None:
    assert customer
    freeze(key)
    made = [invoice(key, due_date=f"2028-03-{day}") for day in (10, 20, 30)]
    answer = advance(key, {"by": "P1Y"}, idempotency_key="year")
    assert (answer.status, answer.data["status"], answer.data["target"]) == (
        202,
        "advancing",
        "2029-02-28T08:00:00.000Z",
    )
    assert answer.data == shown(key)
    assert answer.data["done"]["overdue"] == 1
    for body in ({"by": "P1M"}, {"by": "P1Y"}):
        assert advance(key, body).error["code"] == "TEST_CLOCK_ADVANCING"
    assert ask(key, "customers/create_customer", {"name": "B"}).error["code"] == "TEST_CLOCK_ADVANCING"
    assert ask(key, "invoices/list_invoices").status == 200
    assert take_messages(aws) == 3
    assert (shown(key)["status"], shown(key)["done"]["overdue"]) == ("ready", 3)
    assert {status_of(key, each) for each in made} == {"overdue"}
    assert ask(key, "customers/create_customer", {"name": "B"}).status == 201
    again = advance(key, {"by": "P1Y"}, idempotency_key="year")
    assert (again.status, again.data, again.headers["Idempotent-Replayed"]) == (202, answer.data, "true")


def test_a_request_that_is_sent_again_is_answered_as_the_first_was(key: str) -> None:
    freeze(key)
    first, again = (advance(key, {"by": "P1M"}, idempotency_key="month") for _ in range(2))
    assert (first.status, first.data["status"]) == (200, "ready")
    assert (again.status, again.body) == (200, first.body)
    assert again.headers["Idempotent-Replayed"] == "true"
    assert shown(key)["now"] == "2028-03-29T08:00:00.000Z"
    assert advance(key, {"by": "P2M"}, idempotency_key="month").error["code"] == "IDEMPOTENCY_KEY_REUSED"


@pytest.mark.usefixtures("queue")
def test_a_request_that_died_is_answered_as_on_its_way(
    aws: Aws, key: str, customer: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first transaction has its answer; a tick does the rest."""
    assert customer
    freeze(key)
    made = invoice(key)

    class Dying:
        def go_on(self, *_: Any) -> None:
            raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setitem(vars(wiring()), "advance", Dying())
        patched.setattr(clock_module, "LEASE", timedelta())
        with pytest.raises(KeyboardInterrupt):
            advance(key, {"by": "P2M"}, idempotency_key="died")
    again = advance(key, {"by": "P2M"}, idempotency_key="died")
    assert (again.status, again.data["status"], again.data["now"]) == (202, "advancing", LEAP_DAY)
    load_handler("schedules/start_due_work")({}, None)
    assert take_messages(aws) == 1
    assert (shown(key)["status"], status_of(key, made)) == ("ready", "overdue")
