"""The main job, end to end: a customer, the published first invoice, its e-mail, its page, and it shows as viewed."""

import hashlib
import io
import re
from decimal import Decimal
from typing import Any

import pypdf
import pytest
import requests

from tests.stories.client import BROWSER, MAIL_SCANNER, QUICK_START, Client, content, data, number, today
from tests.stories.conftest import Deployment

ADDRESS = "ada@customer.example"


@pytest.fixture(scope="module")
def client(deployment: Deployment) -> Client:
    account = deployment.create_account(name="Acme Web Ltd", email="billing@acme.example")
    return Client(deployment.url, account["api_key"])


@pytest.fixture(scope="module")
def customer(client: Client) -> Any:
    return data(client.post("/customers", {"id": "cust_123", "name": "Ada Lovelace", "email": ADDRESS}))


@pytest.fixture(scope="module")
def created(client: Client, customer: Any) -> requests.Response:
    assert customer["id"] == "cust_123"
    return client.post("/invoices", QUICK_START)


@pytest.fixture(scope="module")
def sent(client: Client, created: requests.Response) -> Any:
    return data(client.post(f"/invoices/{data(created)['id']}/send"))


@pytest.fixture(scope="module")
def message(deployment: Deployment, sent: Any) -> Any:
    assert sent["status"] == "sent"
    (arrived,) = deployment.wait_for_mail_to(ADDRESS)
    return arrived


def attached_pdf(message: Any) -> bytes:
    (attachment,) = message.iter_attachments()
    assert attachment.get_content_type() == "application/pdf"
    pdf: bytes = attachment.get_content()
    return pdf


def status(client: Client, invoice_id: str) -> Any:
    return data(client.get(f"/invoices/{invoice_id}"))["status"]


def test_the_published_request_makes_a_draft_with_exact_totals(created: requests.Response) -> None:
    assert created.status_code == 201
    assert '"subtotal":1500.00,' in created.text
    invoice = data(created)
    assert invoice["status"] == "draft"
    assert invoice["invoice_number"] is None
    assert invoice["total"] == invoice["amount_due"] == Decimal("1500.00")
    assert (invoice["due_date"], invoice["issue_date"]) == ("2024-02-15", str(today()))
    assert [warning["code"] for warning in content(created)["meta"]["warnings"]] == ["DUE_DATE_PASSED"]
    assert invoice["customer"] == {"id": "cust_123", "name": "Ada Lovelace", "email": ADDRESS}


def test_the_answer_has_the_contracts_envelope_and_headers(created: requests.Response) -> None:
    body = content(created)
    assert body["meta"]["version"] == "v1"
    assert body["meta"]["request_id"] == created.headers["X-Request-ID"]
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", body["meta"]["timestamp"])
    assert created.headers["Location"] == body["links"]["self"]
    assert body["links"]["send"] == body["links"]["self"] + "/send"
    assert body["links"]["page"] is None
    assert created.headers["Content-Type"] == "application/json"
    assert created.headers["X-API-Version"] == "v1"
    assert created.headers["ETag"] == '"v1"'
    assert re.fullmatch(r"\d+ms", created.headers["X-Response-Time"])
    assert int(created.headers["X-RateLimit-Remaining"]) < int(created.headers["X-RateLimit-Limit"]) == 1000
    assert int(created.headers["X-RateLimit-Reset"]) % 3600 == 0


def test_sending_gives_the_invoice_its_number_and_its_page(
    client: Client, created: requests.Response, sent: Any
) -> None:
    invoice = data(client.get(f"/invoices/{data(created)['id']}"))
    assert sent["invoice_number"] == invoice["invoice_number"] == number(1)
    assert sent["hosted_url"] == invoice["hosted_url"]
    assert sent["is_overdue"] is invoice["is_overdue"] is True


def test_one_message_arrives_with_the_invoice_on_one_page(message: Any, sent: Any) -> None:
    assert number(1) in message["Subject"]
    assert "Acme Web Ltd" in message["From"]
    assert "<billing@acme.example>" in message["Reply-To"]
    text = message.get_body(("plain",)).get_content()
    html = message.get_body(("html",)).get_content()
    assert sent["hosted_url"] in text
    assert sent["hosted_url"] in html
    (page,) = pypdf.PdfReader(io.BytesIO(attached_pdf(message))).pages
    words = page.extract_text()
    for expected in (number(1), "Ada Lovelace", "Acme Web Ltd", "Web Development Services", "1,500.00"):
        assert expected in words


def test_the_pdf_is_the_same_bytes_everywhere(client: Client, created: requests.Response, message: Any) -> None:
    path = f"/invoices/{data(created)['id']}/pdf"
    link = data(client.get(path))
    fetched = requests.get(link["pdf_url"], timeout=30)
    assert fetched.headers["Content-Type"] == "application/pdf"
    assert fetched.content == client.get(path, Accept="application/pdf").content == attached_pdf(message)
    assert link["sha256"] == hashlib.sha256(fetched.content).hexdigest()


def test_only_a_person_who_opens_the_page_marks_it_viewed(
    client: Client, created: requests.Response, message: Any, sent: Any
) -> None:
    invoice_id = data(created)["id"]
    page = re.search(r"https?://\S+/i/[\w-]+", message.get_body(("plain",)).get_content())
    assert page
    assert page[0] == sent["hosted_url"]

    assert requests.head(page[0], headers=BROWSER, timeout=30).status_code == 200
    assert requests.get(page[0], headers=MAIL_SCANNER, timeout=30).status_code == 200
    assert requests.get(page[0], headers=BROWSER | {"Sec-Purpose": "prefetch"}, timeout=30).status_code == 200
    assert status(client, invoice_id) == "sent"

    opened = requests.get(page[0], headers=BROWSER, timeout=30)
    assert opened.headers["Content-Type"].startswith("text/html")
    assert number(1) in opened.text
    assert "default-src 'none'" in opened.headers["Content-Security-Policy"]
    first = data(client.get(f"/invoices/{invoice_id}"))
    assert first["status"] == "viewed"
    assert first["viewed_at"]

    requests.get(page[0], headers=BROWSER, timeout=30)
    assert data(client.get(f"/invoices/{invoice_id}"))["viewed_at"] == first["viewed_at"]


def test_the_page_hands_out_the_pdf(message: Any, sent: Any) -> None:
    redirect = requests.get(f"{sent['hosted_url']}/pdf", headers=BROWSER, timeout=30, allow_redirects=False)
    assert redirect.status_code == 302
    assert requests.get(redirect.headers["Location"], timeout=30).content == attached_pdf(message)


def test_a_page_that_does_not_exist_says_so_in_html(deployment: Deployment) -> None:
    answer = requests.get(f"{deployment.url}/i/nobody-knows-this-token", headers=BROWSER, timeout=30)
    assert answer.status_code == 404
    assert answer.headers["Content-Type"].startswith("text/html")
