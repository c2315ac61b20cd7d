"""Wall time and CPU time of warm operations over a real socket.

    python -m benchmarks.wall_time [--rounds N]

Needs Java and npm. The handlers run in this process, one after the other, against Amazon's DynamoDB Local with the
tables of template.yaml. CPU time is that of this process alone. Wall time adds the socket and DynamoDB Local itself:
it shows every wait that CPU time hides, but not the latency of AWS.

Each round makes a customer and an invoice of 10 lines and calls every operation on them once. Operations that also
ask S3, SES or EventBridge are left out.
"""

import argparse
import os
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from benchmarks.requests import ENVIRONMENT, ROOT, invoice_body

sys.path[:0] = [str(ROOT / "layers" / "core")]

from invoicing.wiring import wiring  # noqa: E402
from tests.http import Handler, call_handler, load_handler, request  # noqa: E402
from tests.storage.tables import NAMES, create_tables  # noqa: E402
from tools import dynamodb_local  # noqa: E402

MOST = {"GET": 5, "POST": 10, "PATCH": 10}
"""Milliseconds that the median of an operation may take: a read, a write."""


class Client:
    """A client of warm functions; times its requests."""

    def __init__(self) -> None:
        self._handlers: dict[str, Handler] = {}
        self.methods: dict[str, str] = {}
        self.wall: dict[str, list[float]] = defaultdict(list)
        self.cpu: dict[str, list[float]] = defaultdict(list)
        account = {"name": "Acme Ltd", "mode": "test", "email": "billing@acme.example"}
        self._key = self._handler("account/create_account")(account, None)["api_key"]

    def _handler(self, file: str) -> Handler:
        if file not in self._handlers:
            self._handlers[file] = load_handler(file)
        return self._handlers[file]

    def ask(self, file: str, method: str, path: str, body: Any = None, *, note: str = "", **ids: str) -> Any:
        """The ``data`` of the answer; ``ids`` are the parameters of the path, ``note`` sets a case apart."""
        event = request(method, path.format(**ids), body, key=self._key, parameters=ids)
        handler, name = self._handler(file), file.rpartition("/")[2] + note
        wall, cpu = time.perf_counter(), time.process_time()
        response = call_handler(handler, event)
        taken = time.perf_counter() - wall, time.process_time() - cpu
        if response.status >= 300:
            raise SystemExit(f"{name}: {response.status} {response.body[:500]!r}")
        self.methods[name] = method
        self.wall[name].append(taken[0] * 1000)
        self.cpu[name].append(taken[1] * 1000)
        return response.data


def one_round(client: Client) -> None:
    """Every operation once, on an invoice of 10 lines."""
    invoice_path = "/invoices/{invoice_id}"
    new = {"name": "Ada Lovelace", "email": "ada@example.com"}
    customer: str = client.ask("customers/create_customer", "POST", "/customers", new)["id"]
    client.ask("customers/get_customer", "GET", "/customers/{customer_id}", customer_id=customer)
    body = invoice_body(10, customer_id=customer)
    invoice: str = client.ask("invoices/create_invoice", "POST", "/invoices", body)["id"]
    client.ask("invoices/get_invoice", "GET", invoice_path, invoice_id=invoice)
    client.ask("invoices/update_invoice", "PATCH", invoice_path, {"notes": "Thank you!"}, invoice_id=invoice)
    client.ask("invoices/send_invoice", "POST", f"{invoice_path}/send", {}, invoice_id=invoice)
    client.ask("payments/record_invoice_payment", "POST", f"{invoice_path}/payments", {"amount": 1}, invoice_id=invoice)
    client.ask("payments/list_invoice_payments", "GET", f"{invoice_path}/payments", invoice_id=invoice)
    client.ask("customers/get_customer_balance", "GET", "/customers/{customer_id}/balance", customer_id=customer)
    client.ask("invoices/list_invoices", "GET", "/invoices?per_page=10", note=", 10 of many")
    client.ask("customers/list_customers", "GET", "/customers?per_page=10", note=", 10 of many")


def measured(rounds: int) -> Client:
    """A client that has called every operation so often; the first tenth warms up and is left out."""
    client = Client()
    for number in range(rounds + rounds // 10):
        if number == rounds // 10:
            client.wall.clear()
            client.cpu.clear()
        one_round(client)
    return client


def report(client: Client) -> str:
    """A table in Markdown."""
    rows = ["| ms per call | wall, median | wall, p95 | CPU, median | most |", "|---|---:|---:|---:|---:|"]
    for name, method in client.methods.items():
        wall, cpu = client.wall[name], client.cpu[name]
        columns = statistics.median(wall), statistics.quantiles(wall, n=20)[-1], statistics.median(cpu)
        rows.append(f"| {name} | " + " | ".join(f"{value:.1f}" for value in columns) + f" | {MOST[method]} |")
    return "\n".join(rows)


@contextmanager
def deployed() -> Iterator[None]:
    """The tables on DynamoDB Local, and the environment of a function that uses them."""
    with dynamodb_local.running() as endpoint:
        tables = {f"{table.upper()}_TABLE": name for table, name in NAMES.items()}
        os.environ |= ENVIRONMENT | tables | {"AWS_ENDPOINT_URL_DYNAMODB": endpoint}
        create_tables(wiring().database)
        yield


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Wall time and CPU time of warm operations over a real socket")
    parser.add_argument("--rounds", type=int, default=60)
    arguments = parser.parse_args()
    shown = os.fdopen(os.dup(1), "w")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # the log lines
    with deployed():
        print(report(measured(arguments.rounds)), file=shown)


if __name__ == "__main__":
    main()
