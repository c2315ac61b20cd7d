"""What becomes of e-mails, over HTTP with each function's own permissions; reports are put on the rule's queue."""

import json
from typing import Any

import pytest

from tests.mail_service import mail_event
from tests.stories.client import QUICK_START, Client, data, error
from tests.stories.conftest import Deployment
from tools.waiting import wait_until

ADA, BOB, EVE = "ada@müller.example", "bob@deliveries.example", "eve@deliveries.example"


@pytest.fixture
def client(deployment: Deployment) -> Client:
    client = Client(deployment.url, deployment.create_account()["api_key"])
    data(client.post("/customers", {"id": "cust_123", "name": "Ada Lovelace", "email": ADA}))
    return client


def _states(client: Client, query: str = "") -> dict[str, str]:
    return {each["recipient"]: each["status"] for each in data(client.get(f"/deliveries?order=asc{query}"))}


def _report(deployment: Deployment, delivery: Any, account: str, name: str) -> None:
    """Let SES report something: MiniStack publishes nothing of its own."""
    sqs = deployment.session.client("sqs", endpoint_url=deployment.aws.endpoint)
    body = json.dumps(mail_event(name, delivery["id"], account=account))
    sqs.send_message(QueueUrl=deployment.stack.resources["MailEventsQueue"], MessageBody=body)


def test_each_recipient_has_a_message_and_a_dead_address_gets_no_other(deployment: Deployment, client: Client) -> None:
    invoice = data(client.post("/invoices", QUICK_START))
    path = f"/invoices/{invoice['id']}"
    data(client.post(f"{path}/send", {"cc": [BOB], "bcc": [EVE]}))
    for address in ("ada@xn--mller-kva.example", BOB, EVE):
        (message,) = deployment.wait_for_mail_to(address)
        assert (message["To"], message["Cc"], message["Bcc"]) == ("ada@xn--mller-kva.example", BOB, None)
    wait_until(lambda: set(_states(client).values()) == {"sent"}, 60, "all deliveries to be sent")
    found = {each["recipient"]: each for each in data(client.get(f"/deliveries?invoice_id={invoice['id']}"))}
    event = data(client.get(f"{path}/events"))[0]
    assert set(event["data"]["delivery_ids"]) == {each["id"] for each in found.values()}
    account = f"{data(client.get('/account'))['id']}#test"
    for recipient, name in ((BOB, "bounce"), (BOB, "bounce"), (ADA, "delivery_delay"), (ADA, "delivery")):
        _report(deployment, found[recipient], account, name)
    expected = {ADA: "delivered", BOB: "bounced", EVE: "sent"}
    wait_until(lambda: _states(client) == expected, 60, "reports to be recorded")
    types = [each["type"] for each in data(client.get(f"{path}/events"))]
    assert [types.count(f"invoice.email_{end}") for end in ("delivered", "bounced", "failed")] == [1, 1, 0]
    (suppression,) = data(client.get("/suppressions"))
    assert (suppression["address"], suppression["reason"], suppression["invoice_id"]) == (BOB, "bounced", invoice["id"])
    _try_again(deployment, client, path)


def _try_again(deployment: Deployment, client: Client, path: str) -> None:
    refused = client.post(f"{path}/send", {"to": BOB.upper(), "cc": []})
    assert (refused.status_code, error(refused)["details"][0]["code"]) == (422, "RECIPIENT_SUPPRESSED")
    warned = client.post(f"{path}/send", {"cc": [BOB], "bcc": []})
    assert [each["field"] for each in warned.json()["meta"]["warnings"]] == ["cc[0]"]
    deployment.wait_for_mail_to("ada@xn--mller-kva.example", 2)
    assert len(deployment.messages_to(BOB)) == 1
    assert _states(client, "&status=failed") == {BOB: "failed"}
    for _ in range(2):
        assert client.call("DELETE", "/suppressions/BOB%40deliveries.example").status_code == 204
    data(client.post(f"{path}/send", {"to": BOB, "cc": []}))
    deployment.wait_for_mail_to(BOB, 2)


def test_the_stack_hears_of_its_own_e_mails_and_keeps_its_own_list(deployment: Deployment) -> None:
    resources = deployment.stack.resources
    events = deployment.session.client("events", endpoint_url=deployment.aws.endpoint)
    rule = resources["MailEventsRule"].rpartition("|")[2].rpartition("/")[2]
    pattern = json.loads(events.describe_rule(Name=rule)["EventPattern"])
    assert pattern["source"] == ["aws.ses"]
    assert pattern["detail"]["mail"]["tags"]["ses:configuration-set"] == [resources["EmailConfigurationSet"]]
