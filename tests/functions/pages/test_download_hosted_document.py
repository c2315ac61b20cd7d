import re
from typing import Any

import requests

from tests.aws import Aws
from tests.functions.pages.test_view_invoice import BROWSER, events, token_of, view
from tests.functions.pages.test_view_portal import ask
from tests.http import Response, call, request


def document(token: str, document_id: str) -> Response:
    named = {"token": token, "document_id": document_id}
    event = request("GET", f"/i/{token}/documents/{document_id}/pdf", headers=BROWSER, parameters=named)
    return call("pages/download_hosted_document", event)


def test_the_page_leads_to_the_stored_pdf_of_each_document_of_its_invoice(key: str, sent: Any, aws: Aws) -> None:
    own, named = f"/invoices/{sent['id']}", {"invoice_id": sent["id"]}
    ask(key, "payments/record_invoice_payment", "POST", f"{own}/payments", {"amount": 100}, **named)
    body = {"items": [{"line_id": sent["items"][0]["id"], "quantity": 1}], "reason": "Less"}
    ask(key, "credit_notes/create_credit_note", "POST", f"{own}/credit-notes", body, **named)
    html = view(token_of(sent), {}).body.decode()
    ids = re.findall(r"/documents/(\w+)/pdf", html)
    assert [each.partition("_")[0] for each in ids] == ["pay", "cn"]
    for each in ids:
        answer = document(token_of(sent), each)
        assert answer.status == 302
        assert requests.get(answer.headers["Location"], timeout=5).content.startswith(b"%PDF-")
    assert "invoice.viewed" not in events(aws)
    assert document(token_of(sent), "pay_404").status == 404
