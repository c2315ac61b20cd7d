"""The same request again, and ten times at once, has one effect."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.stories.client import QUICK_START, Client, data, error
from tests.stories.conftest import Deployment


@pytest.fixture
def client(deployment: Deployment) -> Client:
    client = Client(deployment.url, deployment.create_account()["api_key"])
    data(client.post("/customers", {"id": "cust_123", "name": "Ada Lovelace", "email": "ada@again.example"}))
    return client


def test_ten_parallel_requests_with_one_key_make_one_invoice(client: Client) -> None:
    with ThreadPoolExecutor(10) as pool:
        answers = list(
            pool.map(lambda _: client.post("/invoices", QUICK_START, Idempotency_Key="order-4711"), range(10))
        )
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.text for answer in answers}) == 1
    assert sum("Idempotent-Replayed" not in answer.headers for answer in answers) == 1


def test_another_request_under_the_same_key_is_refused(client: Client) -> None:
    first = client.post("/invoices", QUICK_START, Idempotency_Key="order-4712")
    other = client.post("/invoices", QUICK_START.replace("150.00", "151.00"), Idempotency_Key="order-4712")
    assert first.status_code == 201
    assert other.status_code == 409
    assert error(other)["code"] == "IDEMPOTENCY_KEY_REUSED"


def test_sending_ten_times_at_once_with_one_key_sends_one_email(client: Client, deployment: Deployment) -> None:
    address = "once@again.example"
    data(client.post("/customers", {"id": "cust_once", "name": "Once", "email": address}))
    invoice = data(client.post("/invoices", QUICK_START.replace("cust_123", "cust_once")))
    path = f"/invoices/{invoice['id']}/send"
    with ThreadPoolExecutor(10) as pool:
        answers = list(pool.map(lambda _: client.post(path, Idempotency_Key="send-1"), range(10)))
    assert {data(answer)["invoice_number"] for answer in answers} == {"INV-2024-001"}
    data(client.post(path, Idempotency_Key="send-2"))
    deployment.wait_for_mail_to(address, 2)
    deployment.wait_for_empty_mail_queue()
    assert len(deployment.messages_to(address)) == 2


def test_parallel_sends_get_consecutive_numbers(client: Client) -> None:
    invoices = [data(client.post("/invoices", QUICK_START))["id"] for _ in range(12)]
    with ThreadPoolExecutor(6) as pool:
        sent = list(pool.map(lambda invoice: client.post(f"/invoices/{invoice}/send", {"send_email": False}), invoices))
    numbers = sorted(data(answer)["invoice_number"] for answer in sent)
    assert numbers == [f"INV-2024-{count:03}" for count in range(1, 13)]
