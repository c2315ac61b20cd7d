"""A business sets up its account: profile, numbers, rates, keys; bills in three currencies; tidies up its customers."""

import io
from decimal import Decimal
from typing import Any

import pypdf
import pytest

from tests.stories.client import Client, content, data, error
from tests.stories.conftest import Deployment
from tools.account import create_account


@pytest.fixture(scope="module")
def client(deployment: Deployment) -> Client:
    return Client(deployment.url, deployment.create_account(name="Acme Ltd", email="billing@acme.example")["api_key"])


@pytest.fixture(scope="module")
def profile(client: Client) -> Any:
    wishes = {
        "name": "Acme GmbH",
        "address": {"line1": "Ring 1", "city": "Wien", "postal_code": "1010", "country": "AT"},
        "currency": "EUR",
        "time_zone": "Europe/Vienna",
        "numbering": {"pattern": "R{year}/{seq:04}", "next": 42},
    }
    tag = client.get("/account").headers["ETag"]
    return data(client.call("PATCH", "/account", wishes, headers={"If-Match": tag}))


@pytest.fixture(scope="module")
def customer(client: Client, profile: Any) -> Any:
    assert profile["currency"] == "EUR"
    return data(client.post("/customers", {"id": "cust_1", "name": "Ada Lovelace", "email": "ada@account.example"}))


def test_two_who_change_the_account_at_once_are_told(client: Client, profile: Any) -> None:
    outdated = client.call("PATCH", "/account", {"name": "Other"}, headers={"If-Match": '"v1"'})
    assert (outdated.status_code, error(outdated)["code"]) == (412, "ETAG_MISMATCH")
    assert data(client.get("/account")) == profile


@pytest.mark.parametrize(
    ("currency", "total", "written"),
    [
        ("JPY", '"total":1501,', "1,501"),
        ("KWD", '"total":1500.600,', "1,500.600"),
        ("USD", '"total":1500.60,', "1,500.60"),
    ],
)
def test_each_currency_has_its_decimals_in_json_and_pdf(
    client: Client, customer: Any, currency: str, total: str, written: str
) -> None:
    rates = {"rates": {"JPY": Decimal("163.25"), "KWD": Decimal("0.3215"), "USD": Decimal("1.0845")}}
    data(client.call("PUT", "/account/exchange-rates", rates))
    line = {"description": "Hours", "quantity": 10, "unit_price": Decimal("150.06")}
    created = client.post("/invoices", {"customer_id": customer["id"], "items": [line], "currency": currency})
    assert total in created.text
    path = f"/invoices/{data(created)['id']}"
    data(client.post(f"{path}/send", {"send_email": False}))
    assert data(client.get(path))["exchange_rate"] == rates["rates"][currency]
    pdf = client.get(f"{path}/pdf", Accept="application/pdf").content
    assert written in pypdf.PdfReader(io.BytesIO(pdf)).pages[0].extract_text()


def test_numbers_go_on_where_the_account_says_and_have_no_gaps(client: Client, customer: Any) -> None:
    body = {"customer_id": customer["id"], "items": [{"description": "Hours", "quantity": 1, "unit_price": 1}]}
    made = data(client.post("/invoices", body | {"issue_date": "2031-01-01"}))
    sent = data(client.post(f"/invoices/{made['id']}/send", {"send_email": False}))
    assert sent["invoice_number"] == "R2031/0001"
    audit = data(client.get("/account/numbering/audit"))
    assert audit["series"]
    assert all(series["gaps"] == series["duplicates"] == [] for series in audit["series"])
    assert "R2031/0001" not in audit["own"]


def test_a_key_can_do_what_its_scopes_say_until_it_is_revoked(client: Client, customer: Any) -> None:
    wishes = {"name": "Website", "scopes": ["invoices:read", "customers:read"]}
    issued = data(client.post("/account/api-keys", wishes))
    reader = Client(client.url, issued["key"])
    assert data(reader.get(f"/customers/{customer['id']}"))["id"] == customer["id"]
    refused = reader.post("/customers", {"name": "No"})
    assert (refused.status_code, error(refused)["code"]) == (403, "INSUFFICIENT_SCOPE")

    rotated = data(client.post(f"/account/api-keys/{issued['id']}/rotate", {"grace_period_seconds": 600}))
    renewed = Client(client.url, rotated["key"])
    assert reader.get("/invoices").status_code == renewed.get("/invoices").status_code == 200
    assert client.call("DELETE", f"/account/api-keys/{rotated['id']}").status_code == 204
    assert error(renewed.get("/invoices"))["code"] == "key_revoked"
    listed = {key["id"]: key for key in data(client.get("/account/api-keys"))}
    assert listed[rotated["id"]]["revoked_at"]
    assert listed[issued["id"]]["replaced_by"] == rotated["id"]
    assert "key" not in listed[issued["id"]]


def test_an_account_without_a_usable_key_gets_another_one(deployment: Deployment) -> None:
    made = deployment.create_account(name="Locked out Ltd", mode="live")
    function = deployment.stack.resources["CreateAccountFunction"]
    wishes = {"account_id": made["account_id"], "mode": "live", "plan": "professional"}
    added = create_account(deployment.stack.functions, function, wishes)
    answer = Client(deployment.url, added["api_key"]).get("/account")
    assert (data(answer)["id"], data(answer)["name"]) == (made["account_id"], "Locked out Ltd")
    assert answer.headers["X-RateLimit-Limit"] == "10000"


def test_a_customer_with_invoices_is_archived_and_one_without_is_gone(client: Client, customer: Any) -> None:
    data(client.post("/customers", {"id": "cust_unused", "name": "Nobody"}))
    assert client.call("DELETE", "/customers/cust_unused").status_code == 204
    assert client.get("/customers/cust_unused").status_code == 404

    data(client.post("/invoices", {"customer_id": customer["id"], "items": [_LINE]}))
    assert client.call("DELETE", f"/customers/{customer['id']}").status_code == 204
    assert data(client.get(f"/customers/{customer['id']}"))["archived_at"]
    refused = client.post("/invoices", {"customer_id": customer["id"], "items": [_LINE]})
    assert (refused.status_code, error(refused)["code"]) == (422, "INVALID_CUSTOMER")
    assert content(client.get("/invoices"))["meta"]["pagination"]["total"] >= 1


_LINE = {"description": "Hours", "quantity": 1, "unit_price": 1}
