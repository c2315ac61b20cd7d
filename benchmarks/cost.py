"""AWS requests of every operation, and the read and write units they use.

    python -m benchmarks.cost

Every operation is called once after the other, as a client would, its errors included, on moto in this process.
Requests are counted where botocore sends them, so that a repeated one counts twice; presigned links are none.
tests/functions/test_cost.py holds the project to the same list of requests.

Units follow from the sizes of the items by the rules AWS publishes (DynamoDB Local reports wrong ones for
transactions): a write unit is 1 KB written, twice that in a transaction, where a condition on an item that is not
written costs as much as writing it; a read unit is 4 KB read for certain, and an item that is not there costs one.
AWS does not say what exactly a refused transaction costs: it is left out, and marked with +.
"""

import contextlib
import json
import logging
import math
import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from benchmarks.requests import BROWSER, ROOT, invoice_body

sys.path[:0] = [str(ROOT / "layers" / "core"), str(ROOT / "layers" / "documents")]

from botocore.exceptions import ClientError  # noqa: E402

from invoicing.wiring import wiring  # noqa: E402
from tests.aws import Aws, deployed  # noqa: E402
from tests.http import Response, call, load_handler, request  # noqa: E402
from tests.template import read_template  # noqa: E402

WRONG_KEY = "sk_test_" + "0" * 32


@dataclass
class Cost:
    """What one call cost: the requests in order, and DynamoDB's units."""

    name: str
    requests: list[str] = field(default_factory=list)
    read_units: int = 0
    write_units: int = 0
    refused: bool = False


class Meter:
    """Counts what the functions of this process ask of AWS."""

    def __init__(self, aws: Aws) -> None:
        self.costs: list[Cost] = []
        self._cost = Cost("")
        self._aws = aws
        database = wiring().database
        # Clients copy the listeners of their session when they are made, and none is made before the first call.
        database.session.register("before-send", self._count)
        self._dispatch = database.dispatch
        vars(database)["dispatch"] = self._dispatch_measured

    @contextlib.contextmanager
    def cost_of(self, name: str) -> Iterator[None]:
        """What is asked within the block."""
        self._cost = Cost(name)
        try:
            yield
        finally:
            self.costs.append(self._cost)
            self._cost = Cost("")

    def _count(self, **told: Any) -> None:
        self._cost.requests.append(told["event_name"].rpartition(".")[2])

    def _dispatch_measured(self, operation: str, asked: dict[str, Any]) -> dict[str, Any]:
        try:
            answer = self._dispatch(operation, asked)
        except ClientError:
            self._cost.refused = operation == "TransactWriteItems"
            self._cost.write_units += 0 if self._cost.refused else 1
            raise
        if operation == "GetItem":
            self._cost.read_units += _units(answer.get("Item"), 4096)
        elif operation == "BatchGetItem":
            wanted = sum(len(table["Keys"]) for table in asked["RequestItems"].values())
            found = [item for items in answer["Responses"].values() for item in items]
            self._cost.read_units += sum(_units(item, 4096) for item in found) + wanted - len(found)
        elif operation == "TransactWriteItems":
            self._cost.write_units += 2 * sum(_units(self._item(write), 1024) for write in asked["TransactItems"])
        else:
            self._cost.write_units += _units(asked.get("Item") or answer["Attributes"], 1024)
        return answer

    def _item(self, write: dict[str, Any]) -> dict[str, Any] | None:
        """What a part of a transaction writes, or the item it makes a condition on."""
        if "Put" in write:
            item: dict[str, Any] = write["Put"]["Item"]
            return item
        check = write["ConditionCheck"]
        found: dict[str, Any] | None = (
            self._aws.client("dynamodb").get_item(TableName=check["TableName"], Key=check["Key"]).get("Item")
        )
        return found


def _units(item: dict[str, Any] | None, size_of_unit: int) -> int:
    """Units of an item, of which one that is not there takes one too."""
    size = sum(len(name.encode()) + _size(value) for name, value in (item or {}).items())
    return max(1, math.ceil(size / size_of_unit))


def _size(attribute: dict[str, Any]) -> int:
    ((kind, value),) = attribute.items()
    if kind == "N":
        return math.ceil(len(value) / 2) + 1
    return len(value if kind == "B" else value.encode())


class Client:
    """A client of the API whose calls are measured."""

    def __init__(self, aws: Aws, meter: Meter) -> None:
        self._aws = aws
        self._meter = meter
        self.key: str | None = None

    def call(
        self, name: str, file: str, method: str, path: str, body: Any = None, *, status: int, **more: Any
    ) -> Response:
        """One request; ``status`` is the answer it must have."""
        event = request(method, path, body, **({"key": self.key} | more))
        with self._meter.cost_of(name):
            response = call(file, event)
        if response.status != status:
            raise SystemExit(f"{name}: {response.status} {response.body[:500]!r}")
        return response

    def react(self, name: str, file: str, event: dict[str, Any]) -> Any:
        """One invocation by a stream, a queue or a person."""
        handler = load_handler(file)
        with self._meter.cost_of(name):
            return handler(event, None)

    def events(self, kind: str) -> list[dict[str, Any]]:
        """Stored events of a type."""
        return [item for item in self._aws.items("events") if item["type"]["S"] == kind]


def measure() -> list[Cost]:
    """What every operation costs, on an AWS of its own."""
    with deployed(read_template()) as aws:
        meter = Meter(aws)
        client = Client(aws, meter)
        for part in (_accounts, _customers, _create_invoice, _read_and_send, _documents, _pages, _reactions):
            part(client)
    return meter.costs


def _accounts(client: Client) -> None:
    opened = client.react("create_account", "account/create_account", {"name": "Acme", "email": "ap@acme.example"})
    customer = {"name": "Ada Lovelace", "email": "ada@example.com"}
    create: Callable[..., Response] = lambda name, **more: client.call(  # noqa: E731
        name, "customers/create_customer", "POST", "/customers", customer, **more
    )
    create("any, without a key", status=401)
    create("any, with a malformed key", key="sk_test_nonsense", status=401)
    create("any, with an unknown key", key=WRONG_KEY, status=401)
    client.key = opened["api_key"]
    create("create_customer, as the hour's first request", status=201)


def _customers(client: Client) -> None:
    file, path = "customers/create_customer", "/customers"
    new = {"id": "cust_123", "name": "Ada Lovelace", "email": "ada@example.com"}
    client.call("create_customer", file, "POST", path, new, status=201)
    client.call("create_customer, id taken", file, "POST", path, new, status=409)
    client.call("create_customer, wrong field", file, "POST", path, {"name": 1}, status=422)
    for name, customer_id, status in (
        ("get_customer", "cust_123", 200),
        ("get_customer, unknown", "cust_9", 404),
    ):
        parameters = {"customer_id": customer_id}
        client.call(
            name, "customers/get_customer", "GET", f"{path}/{customer_id}", parameters=parameters, status=status
        )


def _create_invoice(client: Client) -> None:
    def create(name: str, body: Any, status: int = 201, idempotency_key: str | None = None) -> None:
        headers = {"idempotency-key": idempotency_key} if idempotency_key else {}
        client.call(name, "invoices/create_invoice", "POST", "/invoices", body, headers=headers, status=status)

    new = invoice_body(2)
    create("create_invoice, 2 lines", new)
    create("create_invoice, 10 lines", invoice_body(10))
    create("create_invoice, 500 lines", invoice_body(500))
    create("create_invoice, own number", new | {"invoice_number": "A-1"})
    create("create_invoice, own number taken", new | {"invoice_number": "A-1"}, 409)
    create("create_invoice, sent by e-mail at once", new | {"send_email": True})
    create("create_invoice, broken JSON", "{", 400)
    create("create_invoice, wrong field", new | {"currency": "XXX"}, 422)
    create("create_invoice, unknown customer", new | {"customer_id": "cust_9"}, 422)
    create("create_invoice, 2 MB", "x" * 2_000_000, 413)
    create("create_invoice, idempotent", new, idempotency_key="order-1")
    create("create_invoice, idempotent, again", new, idempotency_key="order-1")
    create("create_invoice, idempotent, another request", invoice_body(1), 409, idempotency_key="order-1")


def _invoices(client: Client) -> list[str]:
    """Ids of the invoices that were made, in order."""
    return [event["resource_id"]["S"] for event in client.events("invoice.created")]


def _read_and_send(client: Client) -> None:
    def get(name: str, invoice_id: str, status: int = 200) -> None:
        parameters = {"invoice_id": invoice_id}
        path = f"/invoices/{invoice_id}"
        client.call(name, "invoices/get_invoice", "GET", path, parameters=parameters, status=status)

    def send(name: str, invoice_id: str, body: Any = None, status: int = 200, **headers: str) -> None:
        client.call(
            name, "invoices/send_invoice", "POST", f"/invoices/{invoice_id}/send", body, status=status,
            parameters={"invoice_id": invoice_id}, headers={name.replace("_", "-"): v for name, v in headers.items()},
        )  # fmt: skip

    draft, ten, long, *_ = _invoices(client)
    get("get_invoice, 2 lines", draft)
    get("get_invoice, 10 lines", ten)
    get("get_invoice, 500 lines", long)
    get("get_invoice, unknown", "inv_9", 404)
    send("send_invoice, unknown", "inv_9", status=404)
    send("send_invoice, outdated If-Match", draft, status=412, if_match='"v7"')
    send("send_invoice, by e-mail", draft)
    send("send_invoice, again", draft)
    send("send_invoice, without e-mail", ten, {"send_email": False})
    send("send_invoice, without e-mail, again", ten, {"send_email": False})
    send("send_invoice, 500 lines, idempotent", long, idempotency_key="send-1")


def _documents(client: Client) -> None:
    sent, ten, _, own, *_ = _invoices(client)

    def pdf(name: str, invoice_id: str, status: int = 200, **headers: str) -> None:
        client.call(
            name, "invoices/get_invoice_pdf", "GET", f"/invoices/{invoice_id}/pdf", status=status,
            parameters={"invoice_id": invoice_id}, headers=headers,
        )  # fmt: skip

    pdf("get_invoice_pdf, of a draft", own)
    pdf("get_invoice_pdf, first", sent)
    pdf("get_invoice_pdf, again", sent)
    pdf("get_invoice_pdf, bytes, first", ten, accept="application/pdf")
    pdf("get_invoice_pdf, bytes, again", ten, accept="application/pdf")
    pdf("get_invoice_pdf, unknown", "inv_9", 404)


def _pages(client: Client) -> None:
    sent, ten, *_ = _invoices(client)

    def page(
        name: str, token: str, headers: dict[str, str] | None = None, *, method: str = "GET", status: int = 200
    ) -> None:
        client.call(
            name, "pages/view_invoice", method, f"/i/{token}", key=None, parameters={"token": token},
            headers=headers or {}, status=status,
        )  # fmt: skip

    def download(name: str, token: str) -> None:
        client.call(
            name, "pages/download_invoice", "GET", f"/i/{token}/pdf", key=None, parameters={"token": token},
            headers=BROWSER, status=302,
        )  # fmt: skip

    token, other = _token(client, sent), _token(client, ten)
    page("view_invoice, by a mail scanner", token)
    page("view_invoice, HEAD", token, method="HEAD")
    page("view_invoice, by a person, first", token, BROWSER)
    page("view_invoice, by a person, again", token, BROWSER)
    page("view_invoice, unknown", "no-such-token", status=404)
    download("download_invoice, by a person, first", other)
    download("download_invoice, by a person, again", other)
    client.call("route_not_found", "pages/route_not_found", "GET", "/nowhere", key=None, status=404)


def _token(client: Client, invoice_id: str) -> str:
    parameters = {"invoice_id": invoice_id}
    path = f"/invoices/{invoice_id}"
    invoice = call("invoices/get_invoice", request("GET", path, key=client.key, parameters=parameters))
    return str(invoice.data["hosted_url"]).rpartition("/")[2]


def _reactions(client: Client) -> None:
    stored = client.events("invoice.created")
    for name, count in (("publish_events, 1 event", 1), ("publish_events, 10 events", 10)):
        images = (stored * 10)[:count]
        records = [{"eventName": "INSERT", "dynamodb": {"NewImage": image}} for image in images]
        client.react(name, "reactions/publish_events", {"Records": records})
    asked = [event for event in client.events("invoice.sent") if json.loads(event["data"]["S"])["email_requested"]]
    drawn = next(event for event in asked if event["resource_id"]["S"] == _invoices(client)[0])
    new = next(event for event in asked if event["resource_id"]["S"] == _invoices(client)[2])
    client.react("deliver_email, PDF new, 500 lines", "reactions/deliver_email", _message(new))
    client.react("deliver_email, PDF there", "reactions/deliver_email", _message(drawn))
    client.react("deliver_email, the message again", "reactions/deliver_email", _message(drawn))


def _message(event: dict[str, Any]) -> dict[str, Any]:
    detail = {
        "event_id": event["sk"]["S"],
        "account": event["pk"]["S"],
        "resource_id": event["resource_id"]["S"],
        "data": json.loads(event["data"]["S"]),
    }
    body = json.dumps({"detail": detail})
    return {"Records": [{"messageId": "m-1", "eventSource": "aws:sqs", "body": body}]}


def report(costs: list[Cost]) -> str:
    """A table in Markdown."""
    rows = ["| operation | requests | which | read units | write units |", "|---|---:|---|---:|---:|"]
    for cost in costs:
        which, mark = ", ".join(cost.requests), "+" if cost.refused else ""
        rows.append(f"| {cost.name} | {len(cost.requests)} | {which} | {cost.read_units} | {cost.write_units}{mark} |")
    return "\n".join(rows)


def main() -> None:
    """Measure and print."""
    os.environ |= {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test"}
    logging.disable()
    print(report(measure()))


if __name__ == "__main__":
    main()
