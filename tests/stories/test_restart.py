"""Stopped and started again, everything is still there and goes on working."""

from tests.stories.client import QUICK_START, Client, data
from tests.stories.conftest import Deployment


def test_data_survives_a_restart_and_mail_goes_out_after_it(deployment: Deployment) -> None:
    client = Client(deployment.url, deployment.create_account()["api_key"])
    address = "ada@restart.example"
    data(client.post("/customers", {"id": "cust_123", "name": "Ada Lovelace", "email": address}))
    before = data(client.post("/invoices", QUICK_START))
    data(client.post(f"/invoices/{before['id']}/send"))
    deployment.wait_for_mail_to(address)
    pdf = client.get(f"/invoices/{before['id']}/pdf", Accept="application/pdf").content

    deployment.stop()
    deployment.start()

    kept = data(client.get(f"/invoices/{before['id']}"))
    assert kept["invoice_number"] == "INV-2024-001"
    assert client.get(f"/invoices/{before['id']}/pdf", Accept="application/pdf").content == pdf
    after = data(client.post("/invoices", QUICK_START))
    assert data(client.post(f"/invoices/{after['id']}/send"))["invoice_number"] == "INV-2024-002"
    assert len(deployment.wait_for_mail_to(address, 2)) == 2
