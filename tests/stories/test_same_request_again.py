"""The same request again, and ten times at once, has one effect."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.stories.client import QUICK_START, Client, data, error, number
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
    assert {data(answer)["invoice_number"] for answer in answers} == {number(1)}
    data(client.post(path, Idempotency_Key="send-2"))
    deployment.wait_for_mail_to(address, 2)
    deployment.wait_for_empty_mail_queue()
    assert len(deployment.messages_to(address)) == 2


def test_60_invoices_sent_in_parallel_get_60_consecutive_numbers(client: Client, deployment: Deployment) -> None:
    """As many functions at once as two cores run well; `tests/storage/test_concurrency.py` sends 200 at once."""
    own = Client(client.url, deployment.create_account()["api_key"])
    data(own.post("/customers", {"id": "cust_123", "name": "Initech Ltd."}))

    def send(invoice: str) -> str:
        """Retry the request after a 503."""
        answer = own.post(f"/invoices/{invoice}/send", {"send_email": False}, Idempotency_Key=invoice)
        return send(invoice) if answer.status_code == 503 else str(data(answer)["invoice_number"])

    with ThreadPoolExecutor(12) as pool:
        drafts = list(pool.map(lambda _: str(data(own.post("/invoices", QUICK_START))["id"]), range(60)))
        numbers = sorted(pool.map(send, drafts))
    assert numbers == [number(count) for count in range(1, 61)]
    (audit,) = data(own.get("/account/numbering/audit"))["series"]
    assert (audit["count"], audit["last"], audit["gaps"], audit["duplicates"]) == (60, numbers[-1], [], [])
