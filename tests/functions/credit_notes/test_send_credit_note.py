from typing import Any

from tests.aws import Aws
from tests.functions.credit_notes.requests import ask


def test_each_request_asks_for_one_email(key: str, note: Any, aws: Aws) -> None:
    first = ask(key, "send_credit_note", note["id"], {}, idempotency_key="k")
    again = ask(key, "send_credit_note", note["id"], {}, idempotency_key="k")
    assert (first.status, first.headers["ETag"], again.body) == (200, '"v2"', first.body)
    assert first.data["sent_at"]
    body = {"to": "a@example.com", "email_subject": "Your credit note", "email_message": "Here it is."}
    other = ask(key, "send_credit_note", note["id"], body)
    assert (other.status, other.data["sent_at"]) == (200, first.data["sent_at"])
    types = [item["type"]["S"] for item in aws.items("events")]
    assert (types.count("credit_note.sent"), types.count("credit_note.resent")) == (1, 1)


def test_what_cannot_be_is_refused(key: str, note: Any) -> None:
    answer = ask(key, "send_credit_note", note["id"], {"to": "nobody"})
    assert answer.error["details"][0]["code"] == "EMAIL_INVALID"
    assert ask(key, "send_credit_note", "cn_404", {}).error["code"] == "CREDIT_NOTE_NOT_FOUND"
    assert ask(key, "send_credit_note", note["id"], {}, if_match='"v2"').status == 412
