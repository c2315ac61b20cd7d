from typing import Any

from tests.functions.credit_notes.requests import ask
from tests.http import a_key


def test_it_is_read_as_it_was_created(key: str, note: Any) -> None:
    answer = ask(key, "get_credit_note", note["id"])
    assert (answer.status, answer.data, answer.headers["ETag"]) == (200, note, '"v1"')
    links = answer.json["links"]
    assert links["invoice"].endswith(f"/invoices/{note['invoice_id']}")
    assert links["send"].endswith(f"/credit-notes/{note['id']}/send")


def test_an_unknown_one_or_that_of_another_account_is_not_found(key: str, note: Any) -> None:
    assert ask(key, "get_credit_note", "cn_404").error["code"] == "CREDIT_NOTE_NOT_FOUND"
    assert ask(a_key(), "get_credit_note", note["id"]).status == 404
