"""A customer sends something back: a part is credited before it paid, all the rest after."""

import hashlib
import io
from decimal import Decimal
from typing import Any

import pypdf
import pytest
import requests

from tests.stories.client import BROWSER, QUICK_START, Client, content, data
from tests.stories.conftest import Deployment

ADDRESS = "grace@customer.example"


@pytest.fixture(scope="module")
def client(deployment: Deployment) -> Client:
    account = deployment.create_account(name="Acme Web Ltd", email="billing@acme.example")
    return Client(deployment.url, account["api_key"])


@pytest.fixture(scope="module")
def sent(client: Client) -> Any:
    data(client.post("/customers", {"id": "cust_123", "name": "Grace Hopper", "email": ADDRESS}))
    invoice = data(client.post("/invoices", QUICK_START))
    data(client.post(f"/invoices/{invoice['id']}/send", {"send_email": False}))
    return data(client.get(f"/invoices/{invoice['id']}"))


@pytest.fixture(scope="module")
def part(client: Client, sent: Any) -> requests.Response:
    items = [{"line_id": sent["items"][0]["id"], "quantity": 2}]
    body = {"reason": "Two hours were not needed", "items": items, "send_email": True}
    return client.post(f"/invoices/{sent['id']}/credit-notes", body, Idempotency_Key="credit-1")


def test_a_part_is_credited_and_e_mailed_with_its_pdf(
    deployment: Deployment, client: Client, sent: Any, part: requests.Response
) -> None:
    note = data(part)
    assert (note["total"], note["applied_to_invoice"]) == (300, 300)
    assert note["credit_note_number"].endswith("-001")
    (message,) = deployment.wait_for_mail_to(ADDRESS)
    assert note["credit_note_number"] in message["Subject"]
    (attachment,) = message.iter_attachments()
    text = pypdf.PdfReader(io.BytesIO(attachment.get_content())).pages[0].extract_text()
    assert "Two hours were not needed" in text
    pdf = client.get(f"/credit-notes/{note['id']}/pdf", Accept="application/pdf")
    assert pdf.content == attachment.get_content()
    link = data(client.get(f"/credit-notes/{note['id']}/pdf"))
    assert hashlib.sha256(requests.get(link["pdf_url"], timeout=60).content).hexdigest() == link["sha256"]
    page = requests.get(note["hosted_url"], headers=BROWSER, timeout=60)
    assert "$1,200.00" in page.text


def test_the_same_request_again_credits_nothing_more(client: Client, sent: Any, part: requests.Response) -> None:
    again = client.call(
        "POST", f"/invoices/{sent['id']}/credit-notes", part.request.body, {"Idempotency-Key": "credit-1"}
    )
    assert (again.text, again.headers["Idempotent-Replayed"]) == (part.text, "true")
    assert data(client.get(f"/invoices/{sent['id']}"))["amount_due"] == 1200


def test_what_was_paid_becomes_the_customers_credit(client: Client, sent: Any, part: requests.Response) -> None:
    data(client.post(f"/invoices/{sent['id']}/payments", {"amount": Decimal("1200.00")}))
    rest = data(client.post(f"/invoices/{sent['id']}/credit-notes", {"reason": "Everything was returned"}))
    assert (rest["total"], rest["applied_to_invoice"], rest["credited_to_customer"]) == (1200, 0, 1200)
    invoice = data(client.get(f"/invoices/{sent['id']}"))
    assert (invoice["status"], invoice["amount_due"], invoice["amount_credited"]) == ("paid", 0, 1500)
    notes = [rest["id"], data(part)["id"]]
    assert [note["id"] for note in invoice["credit_notes"]] == notes[::-1]
    assert [note["id"] for note in data(client.get(f"/invoices/{sent['id']}/credit-notes"))] == notes
    assert [note["id"] for note in data(client.get("/credit-notes?customer_id=cust_123"))] == notes
    audit = data(client.get("/account/numbering/audit"))
    assert [(found["series_id"], found["count"], found["gaps"]) for found in audit["series"]] == [
        ("series_credit_note", 2, []),
        ("series_invoice", 1, []),
    ]


def test_it_can_be_sent_again(deployment: Deployment, client: Client, part: requests.Response) -> None:
    note = data(part)
    answer = client.post(f"/credit-notes/{note['id']}/send", {"email_subject": "Once more"})
    assert content(answer)["data"]["sent_at"] == note["sent_at"]
    _, again = deployment.wait_for_mail_to(ADDRESS, 2)
    assert again["Subject"] == "[Test] Once more"
