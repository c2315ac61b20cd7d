from typing import Any

from tests.aws import Aws
from tests.functions.reminders.asking import remind
from tests.http import call, request


def reminders(aws: Aws) -> list[Any]:
    return [item for item in aws.items("events") if item["type"]["S"] == "invoice.reminder_sent"]


def test_the_answer_shows_the_reminder_that_goes_out(aws: Aws, key: str, sent: Any) -> None:
    answer = remind(key, sent["id"])
    (past,) = answer.data["past"]
    assert (answer.status, past["step"], past["at"], past["status"]) == (200, None, None, "sent")
    assert [each[:4] for each in past["delivery_ids"]] == ["dlv_"]
    assert len(reminders(aws)) == 1


def test_the_same_idempotency_key_sends_one(aws: Aws, key: str, sent: Any) -> None:
    first, second = (remind(key, sent["id"], **{"Idempotency-Key": "once"}) for _ in range(2))
    assert (first.json["data"], second.headers["Idempotent-Replayed"]) == (second.json["data"], "true")
    assert len(reminders(aws)) == 1


def test_a_draft_is_refused_and_says_what_is_possible(key: str, draft: Any) -> None:
    answer = remind(key, draft["id"])
    assert (answer.status, answer.error["code"]) == (409, "INVALID_INVOICE_STATE")
    assert "send" in answer.error["possible_actions"]


def test_a_customer_without_an_address_is_named(key: str, sent: Any) -> None:
    event = request("PATCH", "/customers/cust_123", {"email": None}, key=key, parameters={"customer_id": "cust_123"})
    assert call("customers/update_customer", event).status == 200
    (detail,) = remind(key, sent["id"]).error["details"]
    assert (detail["field"], detail["code"]) == ("customer.email", "RECIPIENT_MISSING")
