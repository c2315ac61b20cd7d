import hashlib
import io
from typing import Any

import pypdf

from tests.aws import Aws
from tests.functions.credit_notes.requests import ask


def test_a_link_or_the_bytes_which_never_change(key: str, note: Any, aws: Aws) -> None:
    answer = ask(key, "get_credit_note_pdf", note["id"])
    assert answer.status == 200
    assert f"{note['id']}.pdf" in answer.data["pdf_url"]
    assert answer.json["links"]["credit_note"].endswith(f"/credit-notes/{note['id']}")
    pdf = ask(key, "get_credit_note_pdf", note["id"], accept="application/pdf")
    assert pdf.headers["Content-Type"] == "application/pdf"
    assert note["credit_note_number"] in pdf.headers["Content-Disposition"]
    assert hashlib.sha256(pdf.body).hexdigest() == answer.data["sha256"]
    text = pypdf.PdfReader(io.BytesIO(pdf.body)).pages[0].extract_text()
    assert note["credit_note_number"] in text
    assert note["invoice_number"] in text
    ask(key, "send_credit_note", note["id"], {})
    assert ask(key, "get_credit_note_pdf", note["id"], accept="application/pdf").body == pdf.body


def test_an_unknown_note_has_none(key: str) -> None:
    assert ask(key, "get_credit_note_pdf", "cn_404").error["code"] == "CREDIT_NOTE_NOT_FOUND"
