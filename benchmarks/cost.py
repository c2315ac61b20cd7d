"""AWS requests of every operation, and the read and write units they use.

    python -m benchmarks.cost

Every operation is called once after the other, as a client would, its errors included, on moto in this process.
Requests are counted where botocore sends them, so that a repeated one counts twice; presigned links are none.
tests/functions/test_cost.py holds the project to the same list of requests.

Units follow from the sizes of the items by the rules AWS publishes (`benchmarks.units`), because DynamoDB Local
reports wrong ones for transactions. AWS does not say what exactly a refused transaction costs: it is left out, and
marked with +.
"""

import json
import logging
import os
import sys
from dataclasses import replace
from typing import Any

from benchmarks.costs import measures
from benchmarks.requests import BROWSER, ROOT, invoice_body, message_about

sys.path[:0] = [str(ROOT / "layers" / layer) for layer in ("core", "documents", "typesetting")]

from benchmarks.units import Cost, Meter  # noqa: E402
from invoicing.api.request import BASE_PATH  # noqa: E402
from invoicing.wiring import now, wiring  # noqa: E402
from tests.aws import Aws, deployed  # noqa: E402
from tests.http import Response, call, load_handler, request  # noqa: E402
from tests.sample_particulars import GIVEN  # noqa: E402
from tests.template import Template, read_template  # noqa: E402

MANY = 20
WRONG_KEY = "sk_test_" + "0" * 32


class Client:
    """A client of the API whose calls are measured."""

    def __init__(self, aws: Aws, template: Template) -> None:
        self._aws = aws
        self.meter = Meter(aws, template)
        self._routes = {
            function.file.rpartition("/")[2]: (function.file, *min(function.routes))
            for function in template.functions
            if function.routes
        }
        self.key: str | None = None

    def ask(self, function: str, body: Any = None, *, query: str = "", **more: Any) -> Response:
        """One request that is not measured; besides what `request` takes, ``more`` has the parameters of the path."""
        file, method, path = self._routes[function]
        known: dict[str, Any] = {name: more.pop(name) for name in ("key", "headers", "method") if name in more}
        path = path.removeprefix(BASE_PATH).replace("$default", "/nowhere").format(**more)
        method = known.pop("method", method)
        return call(file, request(method, path + query, body, **({"key": self.key} | known), parameters=more))

    def call(
        self, name: str, body: Any = None, *, status: int = 200, function: str | None = None, **more: Any
    ) -> Response:
        """One measured request, to the function that ``name`` begins with; ``status`` is the answer it must have."""
        with self.meter.cost_of(name):
            response = self.ask(function or name.partition(",")[0], body, **more)
        if response.status != status:
            raise SystemExit(f"{name}: {response.status} {response.body[:500]!r}")
        return response

    def react(self, name: str, file: str, event: dict[str, Any]) -> Any:
        """One invocation by a stream, a queue or a person."""
        handler = load_handler(file)
        with self.meter.cost_of(name):
            return handler(event, None)

    def received(self, queue: str) -> dict[str, Any]:
        """A message of a queue, as its function gets it."""
        url, sqs = self._aws.environment[queue], self._aws.client("sqs")
        (message,) = sqs.receive_message(QueueUrl=url, WaitTimeSeconds=1)["Messages"]
        return {"messageId": message["MessageId"], "eventSource": "aws:sqs", "body": message["Body"]}

    def events(self, kind: str) -> list[dict[str, Any]]:
        """Stored events of a type."""
        return [item for item in self._aws.items("events") if item["type"]["S"] == kind]

    def entries(self) -> list[dict[str, Any]]:
        """Stored ledger entries, those of the customers' credit and payouts among them."""
        return self._aws.items("ledger")

    def invoices(self) -> list[str]:
        """Ids of the invoices that were made, in order."""
        return [event["resource_id"]["S"] for event in self.events("invoice.created")]


def measure() -> list[Cost]:
    """What every operation costs, on an AWS of its own."""
    with deployed(read_template()) as aws:
        for queue in ("DUE_WORK_QUEUE", "WEBHOOKS_QUEUE"):
            aws.client("sqs").create_queue(QueueName=aws.environment[queue].rpartition("/")[2])
        client = Client(aws, read_template())
        # A new hour would cost the key check a second request.
        began = now()
        vars(wiring())["services"] = replace(wiring().services, clock=lambda: began)
        for part in (
            _keys, _customers, _create_invoice, _read_and_send, _documents, _pages, _reactions,
            _totals, _drafts, _ends, _change_customers, _account, _api_keys, _lists, *measures(),
        ):  # fmt: skip
            part(client)
    return client.meter.costs


def _keys(client: Client) -> None:
    opened = client.react("create_account", "account/create_account", {"name": "Acme", "email": "ap@acme.example"})
    new, function = {"name": "Ada Lovelace", "email": "ada@example.com"}, "create_customer"
    client.call("any, without a key", new, status=401, function=function)
    client.call("any, with a malformed key", new, key="sk_test_nonsense", status=401, function=function)
    client.call("any, with an unknown key", new, key=WRONG_KEY, status=401, function=function)
    client.key = opened["api_key"]
    client.call("create_customer, as the hour's first request", new, status=201)


def _customers(client: Client) -> None:
    new = {"id": "cust_123", "name": "Ada Lovelace", "email": "ada@example.com"}
    client.call("create_customer", new, status=201)
    client.call("create_customer, id taken", new, status=409)
    client.call("create_customer, wrong field", {"name": 1}, status=422)
    client.call("get_customer", customer_id="cust_123")
    client.call("get_customer, unknown", customer_id="cust_9", status=404)


def _create_invoice(client: Client) -> None:
    new, again = invoice_body(2), {"idempotency-key": "order-1"}
    client.call("create_invoice, first of the customer", new, status=201)
    client.call("create_invoice, 2 lines", new, status=201)
    client.call("create_invoice, 10 lines", invoice_body(10), status=201)
    client.call("create_invoice, 500 lines", invoice_body(500), status=201)
    client.call("create_invoice, own number", new | {"invoice_number": "A-1"}, status=201)
    client.call("create_invoice, own number taken", new | {"invoice_number": "A-1"}, status=409)
    client.call("create_invoice, sent by e-mail at once", new | {"send_email": True}, status=201)
    client.call("create_invoice, broken JSON", "{", status=400)
    client.call("create_invoice, wrong field", new | {"currency": "XXX"}, status=422)
    client.call("create_invoice, unknown customer", new | {"customer_id": "cust_9"}, status=422)
    client.call("create_invoice, 2 MB", "x" * 2_000_000, status=413)
    client.call("create_invoice, idempotent", new, status=201, headers=again)
    client.call("create_invoice, idempotent, again", new, status=201, headers=again)
    client.call("create_invoice, idempotent, another request", invoice_body(1), status=409, headers=again)
    client.call("calculate_invoice", new)
    client.call("calculate_invoice, without a customer", new | {"customer_id": None})


def _read_and_send(client: Client) -> None:
    _, draft, ten, long, *_ = client.invoices()
    client.call("get_invoice, a draft of 2 lines", invoice_id=draft)
    client.call("get_invoice, a draft of 10 lines", invoice_id=ten)
    client.call("get_invoice, a draft of 500 lines", invoice_id=long)
    client.call("get_invoice, unknown", invoice_id="inv_9", status=404)
    client.call("send_invoice, unknown", invoice_id="inv_9", status=404)
    client.call("send_invoice, outdated If-Match", invoice_id=draft, status=412, headers={"if-match": '"v7"'})
    client.call("send_invoice, by e-mail", invoice_id=draft)
    client.call("get_invoice, an issued one", invoice_id=draft)
    client.call("send_invoice, again", invoice_id=draft)
    client.call("send_invoice, without e-mail", {"send_email": False}, invoice_id=ten)
    client.call("send_invoice, without e-mail, again", {"send_email": False}, invoice_id=ten)
    client.call("send_invoice, 500 lines, idempotent", invoice_id=long, headers={"idempotency-key": "send-1"})


def _documents(client: Client) -> None:
    draft, sent, ten, *_ = client.invoices()
    bytes_wanted = {"accept": "application/pdf"}
    client.call("get_invoice_pdf, of a draft", invoice_id=draft)
    client.call("get_invoice_pdf, first", invoice_id=sent)
    client.call("get_invoice_pdf, again", invoice_id=sent)
    client.call("get_invoice_pdf, bytes, first", invoice_id=ten, headers=bytes_wanted)
    client.call("get_invoice_pdf, bytes, again", invoice_id=ten, headers=bytes_wanted)
    client.call("get_invoice_pdf, unknown", invoice_id="inv_9", status=404)


def _pages(client: Client) -> None:
    _, sent, ten, *_ = client.invoices()
    page, other = (
        {"key": None, "token": client.ask("get_invoice", invoice_id=invoice).data["hosted_url"].rpartition("/")[2]}
        for invoice in (sent, ten)
    )
    client.call("view_invoice, by a mail scanner", **page)
    client.call("view_invoice, HEAD", **page, method="HEAD")
    client.call("view_invoice, preview", **page, query="?preview=true", headers=BROWSER)
    client.call("view_invoice, by a person, first", **page, headers=BROWSER)
    client.call("view_invoice, by a person, again", **page, headers=BROWSER)
    client.call("view_invoice, unknown", key=None, token="no-such-token", status=404)
    client.call("download_invoice, by a person, first", **other, headers=BROWSER, status=302)
    client.call("download_invoice, by a person, again", **other, headers=BROWSER, status=302)
    client.call("health", key=None)
    client.call("view_dashboard", key=None)
    for name in ("download_openapi", "view_docs", "download_docs_script"):
        client.call(name, key=None)
    client.call("open_docs", key=None, status=302)
    client.call("route_not_found", key=None, method="GET", status=404)


def _reactions(client: Client) -> None:
    stored = client.events("invoice.created")
    for name, count in (("publish_events, 1 event", 1), ("publish_events, 10 events", 10)):
        images = (stored * 10)[:count]
        records = [{"eventName": "INSERT", "dynamodb": {"NewImage": image}} for image in images]
        client.react(name, "reactions/publish_events", {"Records": records})
    _, sent, _, long, *_ = client.invoices()
    asked = [event for event in client.events("invoice.sent") if json.loads(event["data"]["S"])["email_requested"]]
    drawn = next(event for event in asked if event["resource_id"]["S"] == sent)
    new = next(event for event in asked if event["resource_id"]["S"] == long)
    client.react("deliver_email, PDF new, 500 lines", "reactions/deliver_email", message_about(new))
    client.react("deliver_email, PDF there", "reactions/deliver_email", message_about(drawn))
    client.react("deliver_email, the message again", "reactions/deliver_email", message_about(drawn))


def _totals(client: Client) -> None:
    """The first batch makes the totals that the others only change."""
    for _ in range(10):
        client.ask("create_invoice", invoice_body(1))
    first, *made = client.events("invoice.created")
    client.react("update_totals, an invoice created", "reactions/update_totals", message_about(first))
    client.react("update_totals, the message again", "reactions/update_totals", message_about(first))
    sent = next(event for event in client.events("invoice.sent") if event["resource_id"] == made[0]["resource_id"])
    load_handler("reactions/update_totals")(message_about(*made[:5]), None)
    client.react("update_totals, an invoice sent", "reactions/update_totals", message_about(sent))
    client.react("update_totals, 10 invoices created", "reactions/update_totals", message_about(*made[-10:]))
    customer = client.events("customer.created")[0]
    client.react("update_totals, a customer created", "reactions/update_totals", message_about(customer))


def _drafts(client: Client) -> None:
    client.ask("create_customer", {"id": "cust_124", "name": "Bob", "email": "bob@example.com"})
    client.call("create_invoice, all particulars", invoice_body(2) | {"currency": "EUR"} | GIVEN, status=201)
    draft = client.call("duplicate_invoice", invoice_id=client.invoices()[0], status=201).data["id"]
    client.call("duplicate_invoice, unknown", invoice_id="inv_9", status=404)
    client.call("update_invoice, notes", {"notes": "Thanks."}, invoice_id=draft)
    client.call("update_invoice, nothing new", {"notes": "Thanks."}, invoice_id=draft)
    client.call("update_invoice, lines", {"items": invoice_body(3)["items"]}, invoice_id=draft)
    client.call("update_invoice, due date", {"due_date": "2027-01-31"}, invoice_id=draft)
    client.call("update_invoice, own number", {"invoice_number": "A-2"}, invoice_id=draft)
    client.call("update_invoice, another customer", {"customer_id": "cust_124"}, invoice_id=draft)
    client.call("update_invoice, currency as the customer's", {"currency": None}, invoice_id=draft)


def _ends(client: Client) -> None:
    draft, other = (client.ask("create_invoice", invoice_body(2)).data["id"] for _ in range(2))
    own = client.ask("create_invoice", invoice_body(2) | {"invoice_number": "A-3"}).data["id"]
    once = {"idempotency-key": "void-1"}
    client.call("delete_invoice", invoice_id=draft, status=204)
    client.call("delete_invoice, own number", invoice_id=own, status=204)
    client.call("void_invoice, a draft, idempotent", invoice_id=other, headers=once)
    client.call("void_invoice, a draft, idempotent, again", invoice_id=other, headers=once)
    client.call("void_invoice, not possible", invoice_id=other, status=409)
    client.call("void_invoice, a sent one", {"reason": "Billed twice"}, invoice_id=client.invoices()[1])
    sent = [client.ask("create_invoice", invoice_body(2) | {"send_email": True}).data for _ in range(3)]
    metadata = {"metadata": {"order": "20418"}}
    client.call("update_invoice, metadata of an issued one", metadata, invoice_id=sent[0]["id"])
    client.call("void_invoice, with a credit note", {"credit_note": True}, invoice_id=sent[0]["id"])
    revising = client.call("revise_invoice", invoice_id=sent[1]["id"], status=201).data["id"]
    client.call("delete_invoice, which revises another", invoice_id=revising, status=204)
    client.ask("record_invoice_payment", {"amount": sent[2]["total"]}, invoice_id=sent[2]["id"])
    client.call("revise_invoice, a paid one", invoice_id=sent[2]["id"], status=201)
    client.call("revise_invoice, not possible", invoice_id=sent[2]["id"], status=409)


def _change_customers(client: Client) -> None:
    client.ask("create_customer", {"id": "cust_125", "name": "Carol", "email": "carol@example.com"})
    client.call("update_customer, address", {"address": {"city": "Vienna", "country": "AT"}}, customer_id="cust_125")
    client.call("update_customer, name", {"name": "Carol Shaw"}, customer_id="cust_125")
    client.call("update_customer, nothing new", {"name": "Carol Shaw"}, customer_id="cust_125")
    client.call("delete_customer, without invoices", customer_id="cust_125", status=204)
    client.call("delete_customer, with invoices", customer_id="cust_124", status=204)
    client.call("delete_customer, again", customer_id="cust_124", status=204)
    client.call("restore_customer", customer_id="cust_124")
    client.call("restore_customer, again", customer_id="cust_124")


def _account(client: Client) -> None:
    client.call("get_account")
    client.call("update_account", {"name": "Acme Ltd"})
    client.call("update_account, nothing new", {"name": "Acme Ltd"})
    client.call("update_account, next number", {"numbering": {"next": 100}})
    client.call("update_account, time zone", {"time_zone": "Asia/Tokyo"})
    client.call("get_exchange_rates")
    client.call("replace_exchange_rates", {"rates": {"EUR": 0.9, "GBP": 0.8}})


def _api_keys(client: Client) -> None:
    new = {"name": "Shop", "scopes": ["invoices:read"]}
    first = client.call("create_api_key", new, status=201).data["id"]
    client.call("list_api_keys, 2 keys")
    second = client.call("rotate_api_key", {}, key_id=first, status=201).data["id"]
    client.call("revoke_api_key", key_id=second, status=204)
    client.call("revoke_api_key, again", key_id=second, status=204)
    client.call("revoke_api_key, unknown", key_id="key_9", status=404)


def _lists(client: Client) -> None:
    """Pages of 10 things, of some more, and what is done with all numbers that are taken."""
    for number in range(20):
        client.ask("create_customer", {"name": f"Customer {number}", "email": f"{number}@example.com"})
        client.ask("create_invoice", invoice_body(2))
    sent, ten = client.invoices()[2], "?per_page=10"
    following = _following(client.call("list_invoices, page 1", query=ten))
    client.call("list_invoices, next page", query=following)
    client.call("list_invoices, one page has all", query="?status=sent")
    client.call("list_invoices, of a state, page 1", query=f"{ten}&status=draft")
    client.call("list_invoices, of two states, page 1", query=f"{ten}&filter[status][in]=draft,sent")
    client.ask("create_invoice", invoice_body(2) | {"due_date": "2026-01-01", "send_email": True})
    client.call("list_invoices, overdue", query="?is_overdue=true")
    client.call("list_invoices, looked for by currency and state", query=f"{ten}&currency=USD&status=draft")
    following = _following(client.call("list_customers, page 1", query=ten))
    client.call("list_customers, next page", query=following)
    client.call("list_invoice_events, one page has all", invoice_id=sent)
    following = _following(client.call("list_invoice_events, page 1", query="?per_page=1", invoice_id=sent))
    client.call("list_invoice_events, next page", query=following, invoice_id=sent)
    client.call("list_invoice_events, unknown", invoice_id="inv_9", status=404)
    client.call("audit_numbering")
    client.call("audit_numbering, of a period", query="?period=2026")


def _following(page: Response) -> str:
    """The query of the next page."""
    return "?" + str(page.json["links"]["next"]).partition("?")[2]


def report(costs: list[Cost]) -> str:
    """A table in Markdown."""
    rows = ["| operation | requests | which | read units | write units |", "|---|---:|---|---:|---:|"]
    for cost in costs:
        which = ", ".join(cost.requests) if len(cost.requests) < MANY else "those of its operations"
        mark = "+" if cost.refused else ""
        rows.append(
            f"| {cost.name} | {len(cost.requests)} | {which} | {cost.read_units:g} | {cost.write_units:g}{mark} |"
        )
    return "\n".join(rows)


def main() -> None:
    """Measure and print."""
    os.environ |= {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test"}
    logging.disable()
    print(report(measure()))


if __name__ == "__main__":
    main()
