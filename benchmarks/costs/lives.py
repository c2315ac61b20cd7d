"""A plain life of an invoice, with all that follows: created, sent, mailed, viewed and paid.

Totals are counted as they are in production: what happens within a window is one batch. Ten customers' invoices are
created and sent within one window, viewed within another, and paid within a third. Each customer had an invoice before.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from benchmarks.costs.patterns import CLOCK, COUNT, KEY, MAIL, NOTE, PAGE, WRITE
from benchmarks.requests import BROWSER, invoice_body, message_about
from benchmarks.units import Cost

if TYPE_CHECKING:
    from benchmarks.cost import Client

TOGETHER, STEPS = 10, 5
LIFE = [
    *[*KEY, "BatchGetItem", "TransactWriteItems"],
    *WRITE,
    *[*CLOCK, "BatchGetItem", "GetObject", "PutObject", "GetItem", *NOTE, *MAIL, *NOTE],
    *[*PAGE, "TransactWriteItems"],
    *WRITE,
]
REQUESTS: Mapping[str, list[str]] = {
    "a plain life, counted with nine others": [*LIFE, *COUNT * 3],
    "a plain life, counted alone": [*LIFE, *COUNT * 4],
}


def measure(client: "Client") -> None:
    """Measure ten lives together, and one whose every event is counted alone."""
    customers = [f"cust_life_{number}" for number in range(TOGETHER)]
    for customer in customers:
        client.ask("create_customer", {"id": customer, "name": "Ada Lovelace", "email": "ada@example.com"})
        client.ask("create_invoice", _body(customer))
    _count(client, [_events(client, client.invoices()[-TOGETHER:])])
    del client.meter.costs[-1]
    costs = len(client.meter.costs)
    invoices = [_live(client, customer) for customer in customers]
    told = [_events(client, invoices, *types) for types in (("created", "sent"), ("viewed",), ("paid",))]
    _count(client, told)
    _add_up(client, costs, "a plain life, counted with nine others", TOGETHER)
    costs = len(client.meter.costs)
    invoice = _live(client, customers[0])
    _count(client, [_events(client, [invoice], kind) for kind in ("created", "sent", "viewed", "paid")])
    _add_up(client, costs, "a plain life, counted alone", 1)


def _body(customer: str) -> dict[str, Any]:
    return invoice_body(2) | {"customer_id": customer}


def _live(client: "Client", customer: str) -> str:
    """Let an invoice be created, sent, mailed, viewed and paid; return its id."""
    invoice: str = client.call("create_invoice", _body(customer), status=201).data["id"]
    page = client.call("send_invoice", invoice_id=invoice).data["hosted_url"].rpartition("/")[2]
    (sent,) = _events(client, [invoice], "sent")
    client.react("deliver_email", "reactions/deliver_email", message_about(sent))
    client.call("view_invoice", key=None, token=page, headers=BROWSER)
    due = client.ask("get_invoice", invoice_id=invoice).data["amount_due"]
    client.call(
        "record_invoice_payment", {"amount": due, "payment_method": "credit_card"}, invoice_id=invoice, status=201
    )
    return invoice


def _events(client: "Client", invoices: list[str], *types: str) -> list[dict[str, Any]]:
    """The stored events of some invoices, of all types or of some."""
    found = [event for kind in types or ("created",) for event in client.events(f"invoice.{kind}")]
    return [event for event in found if event["resource_id"]["S"] in invoices]


def _count(client: "Client", batches: list[list[dict[str, Any]]]) -> None:
    for batch in batches:
        client.react("update_totals", "reactions/update_totals", message_about(*batch))


def _add_up(client: "Client", first: int, name: str, lives: int) -> None:
    """Replace the costs from the first on by one, of one life."""
    costs = client.meter.costs[first:]
    one = [*costs[:STEPS], *(cost for cost in costs if cost.name == "update_totals")]
    client.meter.costs[first:] = [
        Cost(
            name,
            requests=[request for cost in one for request in cost.requests],
            read_units=sum(cost.read_units for cost in costs) / lives,
            write_units=sum(cost.write_units for cost in costs) / lives,
        )
    ]
