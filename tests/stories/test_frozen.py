"""What was issued never changes, whatever becomes of its customer; and of two editors one wins."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import requests

from tests.sample_parties import DELIVERY, DOLLAR_ACCOUNT, EMPTY_PARTY, EURO_ACCOUNT, PARTY
from tests.stories.client import BROWSER, QUICK_START, Client, content, data, error
from tests.stories.conftest import Deployment


@pytest.fixture(scope="module")
def client(deployment: Deployment) -> Client:
    client = Client(deployment.url, deployment.create_account()["api_key"])
    data(client.post("/customers", {"id": "cust_123", "name": "Ada Lovelace", "email": "ada@frozen.example"}))
    return client


def create(client: Client, **fields: Any) -> Any:
    body = {"customer_id": "cust_123", "items": [{"description": "Hours", "quantity": 2, "unit_price": 50}]}
    return data(client.post("/invoices", body | fields))


def test_account_and_customer_with_all_that_is_known_of_them_are_frozen(client: Client) -> None:
    """Their numbers are checked by what the deployed layer has."""
    seller = PARTY | {"name": "Acme GmbH", "bank_accounts": [EURO_ACCOUNT, DOLLAR_ACCOUNT]}
    data(client.call("PATCH", "/account", seller))
    data(client.post("/customers", PARTY | DELIVERY | {"id": "cust_whole"}))
    path = f"/invoices/{create(client, customer_id='cust_whole', currency='EUR')['id']}"
    page = data(client.post(f"{path}/send", {"send_email": False}))["hosted_url"]

    def everything() -> tuple[Any, bytes, str]:
        pdf = client.get(f"{path}/pdf", Accept="application/pdf").content
        return data(client.get(path)), pdf, requests.get(page, timeout=30).text

    requests.get(page, headers=BROWSER, timeout=30)  # the first view changes the status
    before = everything()
    assert before[0]["seller"]["bank_account"] == EURO_ACCOUNT
    assert before[0]["buyer"] == PARTY | DELIVERY | {"id": "cust_whole"}
    assert "FN 123456a" in before[2]
    data(client.call("PATCH", "/account", EMPTY_PARTY | {"name": "Other", "bank_accounts": []}))
    data(client.call("PATCH", "/customers/cust_whole", EMPTY_PARTY | {"name": "Other"}))
    assert everything() == before


def test_a_customer_who_changes_changes_neither_invoice_nor_pdf_nor_page(client: Client) -> None:
    path = f"/invoices/{create(client)['id']}"
    page = data(client.post(f"{path}/send", {"send_email": False}))["hosted_url"]

    def everything() -> tuple[Any, bytes, str]:
        pdf = client.get(f"{path}/pdf", Accept="application/pdf").content
        return data(client.get(path)), pdf, requests.get(page, timeout=30).text

    before = everything()
    assert before[1].startswith(b"%PDF")
    assert "Ada Lovelace" in before[2]
    renamed = client.call("PATCH", "/customers/cust_123", {"name": "Augusta King", "email": "king@frozen.example"})
    assert data(renamed)["name"] == "Augusta King"
    assert everything() == before
    draft = create(client)
    assert draft["customer"]["name"] == "Augusta King"


def test_a_sent_invoice_cannot_be_changed_or_deleted(client: Client) -> None:
    path = f"/invoices/{create(client)['id']}"
    data(client.post(f"{path}/send", {"send_email": False}))
    before = data(client.get(path))
    for method in ("PATCH", "DELETE"):
        refused = client.call(method, path, {"notes": "too late"})
        assert refused.status_code == 409
        assert error(refused)["code"] == "INVALID_INVOICE_STATE"
        assert error(refused)["possible_actions"] == [
            "credit",
            "duplicate",
            "pay",
            "remind",
            "revise",
            "rotate_link",
            "send",
            "void",
            "write_off",
        ]
    assert data(client.get(path)) == before


def test_of_editors_with_one_etag_one_wins_and_the_others_are_told(client: Client) -> None:
    path = f"/invoices/{create(client)['id']}"
    tag = client.get(path).headers["ETag"]

    def edit(number: int) -> requests.Response:
        return client.call("PATCH", path, {"notes": f"editor {number}"}, headers={"If-Match": tag})

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(edit, range(8)))
    (winner,) = (answer for answer in answers if answer.ok)
    others = [answer for answer in answers if not answer.ok]
    assert {(answer.status_code, error(answer)["code"]) for answer in others} == {(412, "ETAG_MISMATCH")}
    assert data(client.get(path))["notes"] == data(winner)["notes"]
    assert client.get(path).headers["ETag"] == winner.headers["ETag"] != tag


def test_a_draft_is_changed_renumbered_and_deleted(client: Client) -> None:
    path = f"/invoices/{create(client, invoice_number='OWN-1')['id']}"
    assert data(client.call("PATCH", path, {"invoice_number": "OWN-2"}))["invoice_number"] == "OWN-2"
    assert create(client, invoice_number="OWN-1")["invoice_number"] == "OWN-1"
    gone = client.call("DELETE", path)
    assert (gone.status_code, gone.content) == (204, b"")
    assert client.get(path).status_code == 404
    assert create(client, invoice_number="OWN-2")["invoice_number"] == "OWN-2"


def test_an_invoice_is_voided_and_made_anew(client: Client) -> None:
    path = f"/invoices/{create(client)['id']}"
    sent = data(client.post(f"{path}/send", {"send_email": False}))
    voided = data(client.post(f"{path}/void", {"reason": "Wrong price"}))
    assert (voided["status"], voided["invoice_number"]) == ("cancelled", sent["invoice_number"])
    assert client.post(f"{path}/void").status_code == 409
    assert requests.get(sent["hosted_url"], headers=BROWSER, timeout=30).status_code == 200
    duplicate = client.post(f"{path}/duplicate", Idempotency_Key="again")
    assert duplicate.status_code == 201
    assert client.post(f"{path}/duplicate", Idempotency_Key="again").text == duplicate.text
    number = data(client.post(f"/invoices/{data(duplicate)['id']}/send", {"send_email": False}))["invoice_number"]
    assert int(number[-3:]) == int(sent["invoice_number"][-3:]) + 1


def test_a_calculation_is_what_create_makes(client: Client) -> None:
    calculated = client.post("/invoices/calculate", QUICK_START)
    created = client.post("/invoices", QUICK_START)
    for field in ("subtotal", "discount", "tax", "total", "tax_breakdown", "due_date"):
        assert data(calculated)[field] == data(created)[field]
    assert data(calculated)["explanation"][-1].endswith("= 1500.00 USD.")
    assert content(calculated)["links"]["create"] == f"{client.url}/invoices"
