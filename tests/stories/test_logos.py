"""A logo is uploaded past the API, made anew, and on everything that is issued from then on."""

import io

import pytest
import requests
from pypdf import PdfReader

from tests.pictures import LOGO
from tests.stories.client import Client, data
from tests.stories.conftest import Deployment

ADDRESS = "ada@logos.example"


@pytest.fixture(scope="module")
def client(deployment: Deployment) -> Client:
    client = Client(deployment.url, deployment.create_account()["api_key"])
    data(client.post("/customers", {"id": "cust_123", "name": "Ada Lovelace", "email": ADDRESS}))
    return client


def test_a_logo_is_on_pdf_page_and_e_mail(deployment: Deployment, client: Client) -> None:
    new = {"purpose": "logo", "filename": "acme.png", "content_type": "image/png", "size": len(LOGO)}
    file = data(client.post("/files", new))
    form = file["upload"]
    uploaded = requests.post(form["url"], data=form["fields"], files={"file": LOGO}, timeout=30)
    assert uploaded.status_code == 204, uploaded.text
    assert data(client.call("PATCH", "/account", {"logo": file["id"]}))["logo"] == file["id"]

    item = {"description": "Hours", "quantity": 2, "unit_price": 50}
    invoice = data(client.post("/invoices", {"customer_id": "cust_123", "items": [item], "send_email": True}))
    pdf = client.get(f"/invoices/{invoice['id']}/pdf", Accept="application/pdf").content
    (image,) = PdfReader(io.BytesIO(pdf)).pages[0].images
    assert image.image is not None
    assert image.image.size == (200, 100)
    page = requests.get(invoice["hosted_url"], timeout=30)
    assert 'class="logo" src="data:image/png;base64,' in page.text
    assert "img-src data:" in page.headers["Content-Security-Policy"]
    (message,) = deployment.wait_for_mail_to(ADDRESS)
    assert "image/png" in [part.get_content_type() for part in message.walk()]
