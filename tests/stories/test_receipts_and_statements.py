"""Receipts, statements and copies by e-mail, over HTTP with each function's own permissions."""

import json
from typing import Any

import pytest

from tests.mail_service import mail_event
from tests.stories.client import QUICK_START, Client, data, error
from tests.stories.conftest import Deployment
from tools.waiting import wait_until

GRACE, ARCHIVE, AUDITOR = "grace@receipts.example", "archive@receipts.example", "auditor@receipts.example"


@pytest.fixture
def client(deployment: Deployment) -> Client:
    client = Client(deployment.url, deployment.create_account()["api_key"])
    data(client.post("/customers", {"id": "cust_123", "name": "Grace Hopper", "email": GRACE}))
    data(client.call("PATCH", "/account", {"bcc": ARCHIVE}))
    return client


def _states(client: Client, query: str) -> dict[str, str]:
    return {each["recipient"]: each["status"] for each in data(client.get(f"/deliveries?{query}"))}


def _report(deployment: Deployment, delivery: Any, account: str, name: str) -> None:
    """Let SES report something: MiniStack publishes nothing of its own."""
    sqs = deployment.session.client("sqs", endpoint_url=deployment.aws.endpoint)
    body = json.dumps(mail_event(name, delivery["id"], account=account))
    sqs.send_message(QueueUrl=deployment.stack.resources["MailEventsQueue"], MessageBody=body)


def test_a_customer_gets_receipt_and_statement_and_the_archive_a_copy_of_each(
    deployment: Deployment, client: Client
) -> None:
    invoice = data(client.post("/invoices", QUICK_START))
    data(client.post(f"/invoices/{invoice['id']}/send", {}))
    paid = client.post(f"/invoices/{invoice['id']}/payments", {"amount": 1500, "send_receipt": True})
    payment = data(paid)
    sent = f"payment_id={payment['id']}"
    wait_until(lambda: _states(client, sent) == {GRACE: "sent", ARCHIVE: "sent"}, 60, "the receipt to be sent")
    for address in (GRACE, ARCHIVE):
        subjects = [message["Subject"] for message in deployment.wait_for_mail_to(address, 2)]
        assert sum(subject.startswith("[Test] Payment receipt from ") for subject in subjects) == 1
    again = client.post(f"/payments/{payment['id']}/receipt/send", {"to": AUDITOR})
    assert again.status_code == 200, again.text
    (receipt,) = deployment.wait_for_mail_to(AUDITOR)
    assert (receipt["To"], receipt["Cc"], receipt["Bcc"]) == (AUDITOR, None, None)
    assert ARCHIVE not in receipt.as_string()
    statement = data(client.post("/customers/cust_123/statement/send", {"start_date": "2024-01-01", "cc": [AUDITOR]}))
    sent = f"statement_id={statement['id']}"
    everybody = dict.fromkeys((GRACE, AUDITOR, ARCHIVE), "sent")
    wait_until(lambda: _states(client, sent) == everybody, 60, "the statement to be sent")
    (mailed,) = (each for each in deployment.wait_for_mail_to(AUDITOR, 2) if "Statement" in each["Subject"])
    (attachment,) = mailed.iter_attachments()
    assert attachment.get_filename() == f"statement-2024-01-01-{statement['end_date']}.pdf"
    _bounce(deployment, client, statement)
    reversed_ = client.post(f"/payments/{payment['id']}/reverse", {"reason": "Bounced"})
    assert reversed_.status_code == 200, reversed_.text
    refused = client.post(f"/payments/{payment['id']}/receipt/send", {})
    assert (refused.status_code, error(refused)["code"]) == (409, "INVALID_PAYMENT_STATE")


def _bounce(deployment: Deployment, client: Client, statement: Any) -> None:
    """What the customer's mailbox refuses is told of the customer, what the archive's refuses is not."""
    found = {each["recipient"]: each for each in data(client.get(f"/deliveries?statement_id={statement['id']}"))}
    account = f"{data(client.get('/account'))['id']}#test"
    for address in (ARCHIVE, AUDITOR):
        _report(deployment, found[address], account, "bounce")
    query = f"statement_id={statement['id']}&status=bounced"
    wait_until(lambda: set(_states(client, query)) == {ARCHIVE, AUDITOR}, 60, "reports to be recorded")
    told = [("customer.email_bounced", found[AUDITOR]["id"])]
    wait_until(lambda: _told(client) == told, 60, "the event to be readable")


def _told(client: Client) -> list[tuple[str, str]]:
    events = data(client.get("/events?resource=cust_123&limit=100"))
    return [(each["type"], each["data"]["delivery_id"]) for each in events if ".email_" in each["type"]]
