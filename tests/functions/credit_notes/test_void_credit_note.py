from typing import Any

from tests.aws import Aws
from tests.functions.credit_notes.requests import ask, credit, get_invoice
from tests.http import call, request


def pay(key: str, invoice: Any) -> None:
    path, parameters = f"/invoices/{invoice['id']}/payments", {"invoice_id": invoice["id"]}
    event = request("POST", path, {"amount": invoice["amount_due"]}, key=key, parameters=parameters)
    assert call("payments/record_invoice_payment", event).status == 201


def test_a_note_of_a_paid_invoice_is_voided_once(key: str, sent: Any, aws: Aws) -> None:
    pay(key, sent)
    note = credit(key, sent["id"], {"reason": "Returned"})
    assert note.json["links"]["void"].endswith(f"/credit-notes/{note.data['id']}/void")
    first = ask(key, "void_credit_note", note.data["id"], {"reason": "Typed wrong"}, idempotency_key="k")
    again = ask(key, "void_credit_note", note.data["id"], {"reason": "Typed wrong"}, idempotency_key="k")
    assert (first.status, first.headers["ETag"], again.body) == (200, '"v2"', first.body)
    assert (first.data["total"], first.data["void_reason"]) == (1500, "Typed wrong")
    assert first.data["voided_at"]
    assert (first.json["links"]["void"], first.json["links"]["send"]) == (None, None)
    invoice = get_invoice(key, sent["id"]).data
    assert (invoice["amount_credited"], invoice["credited_to_customer"], invoice["amount_due"]) == (0, 0, 0)
    assert [(each["id"], each["voided_at"]) for each in invoice["credit_notes"]] == [
        (note.data["id"], first.data["voided_at"])
    ]
    other = ask(key, "void_credit_note", note.data["id"], {})
    assert (other.status, other.error["code"]) == (409, "INVALID_CREDIT_NOTE_STATE")
    assert [item["type"]["S"] for item in aws.items("events")].count("credit_note.voided") == 1


def test_a_note_that_lowered_the_amount_due_is_not(key: str, sent: Any, note: Any) -> None:
    answer = ask(key, "void_credit_note", note["id"], {})
    assert (answer.status, answer.error["code"]) == (409, "INVALID_CREDIT_NOTE_STATE")
    assert "it lowered the amount due by 300.00" in answer.error["message"]
    assert ask(key, "void_credit_note", note["id"], {}, if_match='"v2"').status == 412
    assert ask(key, "void_credit_note", "cn_404", {}).error["code"] == "CREDIT_NOTE_NOT_FOUND"
