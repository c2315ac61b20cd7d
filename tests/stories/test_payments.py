"""Money that comes in at once, and goes back: over HTTP, no cent is booked twice and none above what is due."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests

from tests.stories.client import QUICK_START, Client, data, error
from tests.stories.conftest import Deployment


@pytest.fixture(scope="module")
def client(deployment: Deployment) -> Client:
    client = Client(deployment.url, deployment.create_account()["api_key"])
    data(client.post("/customers", {"id": "cust_123", "name": "Initech Ltd.", "email": "ap@payments.example"}))
    return client


def issue(client: Client) -> str:
    """The path of an invoice of 1500.00 dollars that was sent."""
    path = f"/invoices/{data(client.post('/invoices', QUICK_START))['id']}"
    data(client.post(f"{path}/send", {"send_email": False}))
    return path


def test_50_payments_in_parallel_never_take_an_invoice_above_its_total(client: Client) -> None:
    path = issue(client)

    def pay(number: int) -> requests.Response:
        return client.post(f"{path}/payments", {"amount": 100}, Idempotency_Key=f"pay-{number}")

    with ThreadPoolExecutor(10) as pool:
        answers = list(pool.map(pay, range(50)))
    assert Counter(answer.status_code for answer in answers) == {201: 15, 422: 35}
    assert {error(answer)["code"] for answer in answers if not answer.ok} == {"AMOUNT_EXCEEDS_DUE"}
    invoice = data(client.get(path))
    assert (invoice["status"], invoice["amount_paid"], invoice["amount_due"]) == ("paid", 1500, 0)
    assert len(data(client.get(f"{path}/payments?per_page=100"))) == len(invoice["payments"]) == 15


def test_the_same_key_in_parallel_books_once(client: Client) -> None:
    path = issue(client)
    with ThreadPoolExecutor(6) as pool:
        answers = list(
            pool.map(lambda _: client.post(f"{path}/payments", {"amount": 100}, Idempotency_Key="k"), range(6))
        )
    assert {data(answer)["id"] for answer in answers} == {data(client.get(path))["payments"][0]["id"]}
    assert data(client.get(path))["amount_paid"] == 100


def test_a_payment_of_several_invoices_is_refunded_and_reversed(client: Client) -> None:
    customer = data(client.post("/customers", {"name": "Hooli", "email": "ap@hooli.example"}))["id"]
    body = QUICK_START.replace("cust_123", customer)
    invoices = [data(client.post("/invoices", body.replace("150.00", price)))["id"] for price in ("10.00", "20.00")]
    for invoice in invoices:
        data(client.post(f"/invoices/{invoice}/send", {"send_email": False}))
    refused = client.post("/payments", {"customer_id": customer, "amount": 400, "currency": "USD"})
    assert (refused.status_code, error(refused)["code"]) == (422, "AMOUNT_EXCEEDS_DUE")

    wishes = {"customer_id": customer, "amount": 350, "currency": "USD", "allow_overpayment": True}
    payment = data(client.post("/payments", wishes))
    assert [(part["invoice_id"], part["amount"]) for part in payment["allocations"]] == [
        (invoices[0], 100), (invoices[1], 200),
    ]  # fmt: skip
    assert payment["credited_amount"] == 50
    refund = data(client.post(f"/payments/{payment['id']}/refund", {"amount": 80, "reason": "Too much"}))
    assert (refund["amount"], refund["status"]) == (80, "completed")
    assert [refund["id"]] == [known["id"] for known in data(client.get(f"/payments/{payment['id']}/refunds"))]
    assert [data(client.get(f"/invoices/{invoice}"))["amount_due"] for invoice in invoices] == [0, 30]
    (balance,) = data(client.get(f"/customers/{customer}/balance"))["balances"]
    assert (balance["amount_due"], balance["credit"], balance["balance"]) == (30, 0, 30)

    reversed_payment = data(client.post(f"/payments/{payment['id']}/reverse", {"reason": "Bounced"}))
    assert (reversed_payment["status"], reversed_payment["refunded_amount"]) == ("reversed", 80)
    statement = data(client.get(f"/customers/{customer}/statement?start_date=2024-01-01&currency=USD"))
    assert statement["sections"][0]["closing_balance"] == 300
    again = client.post(f"/payments/{payment['id']}/refund", {})
    assert (again.status_code, error(again)["type"], error(again)["code"]) == (422, "refund_error", "already_refunded")
