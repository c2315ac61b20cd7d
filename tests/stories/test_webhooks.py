"""Webhooks of a deployed stack: signed events at an endpoint, one that is down for a moment, and a replay."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from standardwebhooks import Webhook

from invoicing import exact_json
from tests.serving import served
from tests.stories.client import QUICK_START, Client, data, error
from tests.stories.conftest import Deployment
from tools.waiting import wait_until


class Receiver:
    """An endpoint on this machine; ``statuses`` are those of its next answers, 200 after them."""

    def __init__(self) -> None:
        self.taken: list[tuple[dict[str, str], bytes]] = []
        self.statuses: list[int] = []
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                status = receiver.statuses.pop(0) if receiver.statuses else 200
                if status == 200:
                    receiver.taken.append(({name.lower(): each for name, each in self.headers.items()}, body))
                self.send_response(status)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: Any) -> None:
                """Nothing."""

        self.server = ThreadingHTTPServer(("localhost", 0), Handler)

    @property
    def url(self) -> str:
        return f"http://localhost:{self.server.server_address[1]}/hook"

    def events(self, key: str = "event") -> list[str]:
        """The types of what was taken, in order of arrival."""
        return [str(exact_json.loads(body)[key]) for _, body in self.taken]


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    receiver = Receiver()
    with served(receiver.server):
        yield receiver


def test_events_arrive_signed_also_after_a_failure_and_once_more_in_a_replay(
    deployment: Deployment, receiver: Receiver
) -> None:
    client = Client(deployment.url, deployment.create_account(mode="live")["api_key"])
    assert error(client.post("/webhooks", {"url": "https://127.1/", "events": ["*"]}))["code"] == "VALIDATION_FAILED"
    made = data(client.post("/webhooks", {"url": receiver.url, "events": ["invoice.*", "payment.created"]}))
    receiver.statuses = [500]
    data(client.post("/customers", {"id": "cust_123", "name": "Ada Lovelace", "email": "ada@events.example"}))
    invoice = data(client.post("/invoices", QUICK_START))["id"]
    data(client.post(f"/invoices/{invoice}/send", {"send_email": False}))
    data(client.post(f"/invoices/{invoice}/payments", {"amount": 1500}))
    expected = ["invoice.created", "invoice.paid", "invoice.sent", "payment.created"]
    wait_until(lambda: sorted(receiver.events()) == expected, 60, "all events")
    for headers, body in receiver.taken:
        Webhook(made["secret"]).verify(body, headers)
    path = f"/webhooks/{made['id']}"
    wait_until(
        lambda: {each["status"] for each in data(client.get(f"{path}/deliveries"))} == {"succeeded"},
        60,
        "what was stored of them",
    )
    assert sorted(len(each["attempts"]) for each in data(client.get(f"{path}/deliveries"))) == [1, 1, 1, 2]
    rotated = data(client.post(f"{path}/rotate-secret", {}))["secret"]
    now = datetime.now(UTC)
    period = {"from": (now - timedelta(hours=1)).isoformat(), "to": now.isoformat()}
    receiver.taken.clear()
    assert data(client.post(f"{path}/replay", period))["status"] == "running"
    wait_until(lambda: len(receiver.taken) == len(expected), 60, "the replay")
    assert [each for each in receiver.events() if each.startswith("invoice.")] == [
        "invoice.created",
        "invoice.sent",
        "invoice.paid",
    ]
    for headers, body in receiver.taken:
        Webhook(made["secret"]).verify(body, headers)
        Webhook(rotated).verify(body, headers)
