"""CPU time of a warm `create_invoice`, against a lean function that does the least such a function can do.

    python -m benchmarks.warm_create [--rounds N] [--build FOLDER] [--profile LINES]

Needs `make build`: all imports but lean's router are from the built layer, as in Lambda; other packages could make
requests quicker.
Everything runs in one process and in turns. DynamoDB is answered inside botocore, where the HTTP request would be
sent: making, signing and parsing requests counts, the network does not. Columns are medians of CPU time; a ratio is
the median of the ratios of neighbours in time, so that a busy machine slows both.

- *ours*: the handler as deployed. It checks the key and counts its request, reads account and customer, checks
  the input, computes exact totals, stores invoice and event, answers, writes a log line. The customer has invoices.
- *ours, first of the customer*: the same, which also writes that the customer now has invoices.
- *ours, idempotent*: the same with an Idempotency-Key, whose mark is stored in the same transaction.
- *lean*: router, pydantic, totals, one transaction with invoice (lines as one JSON document) and event, JSON answer.
  No key, no account, no customer, no idempotency, no log line; each line is rounded by itself and every error is
  whatever the libraries make of it.
- *lean + 2 requests*: lean, and the two requests that ours makes besides: counting the key's request, reading
  account and customer.
"""

import argparse
import cProfile
import json
import os
import pstats
import random
import statistics
import sys
import time
import uuid
import zlib
from base64 import b64encode
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Annotated, Any

from benchmarks.requests import (
    ENVIRONMENT,
    ROOT,
    handler_of,
    http_event,
    invoice_body,
    stored_account,
    stored_customer,
    stored_key,
)

os.environ |= ENVIRONMENT

import aws_lambda_powertools
from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, Response
from botocore.awsrequest import AWSRequest, AWSResponse
from pydantic import BaseModel, Field
from pydantic_core import to_json
from pynamodb.attributes import NumberAttribute, UnicodeAttribute
from pynamodb.connection import Connection
from pynamodb.models import Model
from pynamodb.transactions import TransactWrite

TARGETS = {10: 1.75, 500: 1.3}
"""Most that ours may cost, as a multiple of lean, by number of lines."""

Handler = Callable[[dict[str, Any], Any], Any]


# ───────────────────────────── DynamoDB, answered where HTTP would begin ─────────────────────────────


def _json(answer: dict[str, Any]) -> bytes:
    return json.dumps(answer, default=lambda value: b64encode(value).decode()).encode()


class AnsweredInside:
    """Answers a client's requests by operation, with the headers DynamoDB sends."""

    def __init__(self, *, has_invoices: bool = True) -> None:
        accounts, customers = ENVIRONMENT["ACCOUNTS_TABLE"], ENVIRONMENT["CUSTOMERS_TABLE"]
        customer = stored_customer(has_invoices=has_invoices)
        answers = {
            "UpdateItem": {"Attributes": stored_key()},
            "BatchGetItem": {
                "Responses": {accounts: [stored_account()], customers: [customer]},
                "UnprocessedKeys": {},
            },
            "TransactWriteItems": {},
        }
        self.bodies = {operation: _json(answer) for operation, answer in answers.items()}

    def attach(self, events: Any) -> None:
        """Answer all requests that are announced there."""
        events.register("before-send.dynamodb", self._answer)

    def _answer(self, request: AWSRequest, **_: Any) -> AWSResponse:
        target = request.headers["X-Amz-Target"]
        operation = (target if isinstance(target, str) else target.decode()).rpartition(".")[2]
        body = self.bodies[operation]
        headers = {
            "Content-Type": "application/x-amz-json-1.0",
            "x-amzn-RequestId": "4KBNVRGD25RG1KEO9UT4V3FQDJVV4KQNSO5AEMVJF66Q9ASUAAJG",
            "x-amz-crc32": str(zlib.crc32(body)),
        }
        response: Any = AWSResponse
        answer: AWSResponse = response(request.url, 200, headers, None)
        vars(answer)["_content"] = body
        return answer


# ──────────────────────────────────── The lean function ────────────────────────────────────

CENT = Decimal("0.01")


class LeanLine(BaseModel):
    """A line as it comes in."""

    description: Annotated[str, Field(min_length=1, max_length=2000)]
    quantity: Annotated[Decimal, Field(gt=0)]
    unit_price: Decimal
    tax_rate: Annotated[Decimal, Field(ge=0, le=1)] = Decimal(0)


class LeanInvoice(BaseModel):
    """An invoice as it comes in."""

    customer_id: str
    items: Annotated[list[LeanLine], Field(min_length=1, max_length=500)]
    due_date: date
    notes: str | None = None


class LeanInvoiceRecord(Model):
    """An invoice with its lines as one JSON document."""

    class Meta:
        table_name = ENVIRONMENT["INVOICES_TABLE"]

    pk = UnicodeAttribute(hash_key=True)
    sk = UnicodeAttribute(range_key=True)
    status = UnicodeAttribute()
    customer_id = UnicodeAttribute()
    due_date = UnicodeAttribute()
    notes = UnicodeAttribute(null=True)
    total = NumberAttribute()
    lines = UnicodeAttribute()
    created_at = UnicodeAttribute()


class LeanEventRecord(Model):
    """What happened."""

    class Meta:
        table_name = ENVIRONMENT["EVENTS_TABLE"]

    pk = UnicodeAttribute(hash_key=True)
    sk = UnicodeAttribute(range_key=True)
    type = UnicodeAttribute()
    invoice_id = UnicodeAttribute()


def lean_function(connection: Connection, before: Callable[[], None]) -> Handler:
    """The least that creates an invoice; ``before`` is called first."""
    app = APIGatewayHttpResolver()

    @app.post("/v1/invoicing/invoices")
    def create() -> Response[str]:
        before()
        new = LeanInvoice.model_validate_json(app.current_event.body or "")
        lines, subtotal, tax = [], Decimal(0), Decimal(0)
        for number, line in enumerate(new.items, 1):
            amount = (line.quantity * line.unit_price).quantize(CENT, ROUND_HALF_UP)
            line_tax = (amount * line.tax_rate).quantize(CENT, ROUND_HALF_UP)
            subtotal += amount
            tax += line_tax
            lines.append(
                {
                    "id": f"item_{number}",
                    "description": line.description,
                    "quantity": line.quantity,
                    "unit_price": line.unit_price,
                    "tax_rate": line.tax_rate,
                    "subtotal": amount,
                    "tax": line_tax,
                    "total": amount + line_tax,
                }
            )
        invoice_id, created_at = f"inv_{uuid.uuid4().hex}", datetime.now(UTC).isoformat()
        record = LeanInvoiceRecord(
            "acc_1",
            invoice_id,
            status="draft",
            customer_id=new.customer_id,
            due_date=new.due_date.isoformat(),
            notes=new.notes,
            total=int((subtotal + tax) * 100),
            lines=to_json(lines).decode(),
            created_at=created_at,
        )
        event = LeanEventRecord("acc_1", f"evt_{uuid.uuid4().hex}", type="invoice.created", invoice_id=invoice_id)
        with TransactWrite(connection=connection) as transaction:
            transaction.save(record, condition=LeanInvoiceRecord.pk.does_not_exist())
            transaction.save(event)
        answer = {
            "id": invoice_id,
            "status": "draft",
            "customer_id": new.customer_id,
            "due_date": record.due_date,
            "items": lines,
            "subtotal": subtotal,
            "tax": tax,
            "total": subtotal + tax,
            "notes": new.notes,
            "created_at": created_at,
        }
        return Response(201, "application/json", to_json({"data": answer}).decode())

    return app.resolve


class Context:
    """What Lambda hands to a function beside the event."""

    function_name = "create_invoice"
    memory_limit_in_mb = 1024
    invoked_function_arn = "arn:aws:lambda:eu-central-1:123456789012:function:create_invoice"
    aws_request_id = "8f507cfc-xmpl-4697-b07a-ac58fc914c95"


def candidates(inside: AnsweredInside) -> dict[str, Callable[[str], Any]]:
    """What is compared: each takes the body of a request as JSON text."""
    from invoicing.wiring import wiring  # noqa: PLC0415

    ours = handler_of("invoices/create_invoice.py")
    inside.attach(wiring().database.session.get_component("event_emitter"))
    connection = Connection(region="eu-central-1")
    inside.attach(connection.client.meta.events)

    def two_requests() -> None:
        key = {"pk": {"S": "f" * 64}}
        connection.dispatch(
            "UpdateItem",
            {
                "TableName": ENVIRONMENT["API_KEYS_TABLE"],
                "Key": key,
                "UpdateExpression": "ADD #u :one",
                "ConditionExpression": "#h = :h AND #u < #m",
                "ExpressionAttributeNames": {"#u": "requests_used", "#h": "hour", "#m": "requests_per_hour"},
                "ExpressionAttributeValues": {":one": {"N": "1"}, ":h": {"N": "498706"}},
                "ReturnValues": "ALL_NEW",
            },
        )
        wanted = {
            ENVIRONMENT["ACCOUNTS_TABLE"]: {"Keys": [{"pk": {"S": "acc_1"}, "sk": {"S": "profile"}}]},
            ENVIRONMENT["CUSTOMERS_TABLE"]: {"Keys": [{"pk": {"S": "acc_1"}, "sk": {"S": "cust_123"}}]},
        }
        connection.dispatch("BatchGetItem", {"RequestItems": wanted})

    lean = lean_function(connection, lambda: None)
    lean_and_two = lean_function(connection, two_requests)
    context = Context()

    usual, new = inside.bodies, AnsweredInside(has_invoices=False).bodies

    def first(event: dict[str, Any], context: Any) -> Any:
        inside.bodies = new
        try:
            return ours(event, context)
        finally:
            inside.bodies = usual

    def called(handler: Handler, headers: dict[str, str] | None = None) -> Callable[[str], Any]:
        return lambda body: handler(http_event("POST", "/invoices", body, headers=headers), context)

    return {
        "ours": called(ours),
        "ours, first of the customer": called(first),
        "ours, idempotent": called(ours, {"idempotency-key": "9b2c1f5e-order-4711"}),
        "lean": called(lean),
        "lean + 2 requests": called(lean_and_two),
    }


# ──────────────────────────────────────── Measuring ────────────────────────────────────────


def cpu_of(call: Callable[[str], Any], body: str) -> float:
    """Microseconds of CPU that one call takes."""
    started = time.process_time_ns()
    answer = call(body)
    taken = (time.process_time_ns() - started) / 1000
    if answer["statusCode"] != 201:
        raise SystemExit(f"not created: {answer}")
    return taken


def measure(calls: dict[str, Callable[[str], Any]], lines: int, rounds: int) -> dict[str, list[float]]:
    """Microseconds of each call, in turns; the first tenth warms up and is left out.

    Turns are in any order: after a call like itself, the processor's caches make one quicker.
    """
    body = json.dumps(invoice_body(lines))
    taken: dict[str, list[float]] = {name: [] for name in calls}
    for _ in range(rounds + rounds // 10):
        for name in random.sample(list(calls), len(calls)):
            taken[name].append(cpu_of(calls[name], body))
    return {name: times[rounds // 10 :] for name, times in taken.items()}


def ratio(first: list[float], second: list[float]) -> float:
    """The median of the ratios of neighbours in time."""
    return statistics.median(one / other for one, other in zip(first, second, strict=True))


def report(results: dict[int, dict[str, list[float]]]) -> str:
    """A table in Markdown."""
    names = list(next(iter(results.values())))
    rows = ["| CPU of one call, µs | " + " | ".join(f"{lines} lines" for lines in results) + " |"]
    rows.append("|---|" + "---:|" * len(results))
    for name in names:
        medians = (f"{statistics.median(taken[name]):.0f}" for taken in results.values())
        rows.append(f"| {name} | " + " | ".join(medians) + " |")
    for one, other in (("ours", "lean"), ("ours", "lean + 2 requests"), ("ours, first of the customer", "lean")):
        ratios = (f"{ratio(taken[one], taken[other]):.2f}" for taken in results.values())
        rows.append(f"| {one} ÷ {other} | " + " | ".join(ratios) + " |")
    rows.append("| most that ours ÷ lean may be | " + " | ".join(f"{TARGETS[lines]}" for lines in results) + " |")
    return "\n".join(rows)


def profile(call: Callable[[str], Any], body: str) -> None:
    """Where the time of a call goes."""
    call(body)
    with cProfile.Profile() as recorded:
        for _ in range(200):
            call(body)
    sys.stdout = sys.__stdout__
    pstats.Stats(recorded).sort_stats("tottime").print_stats(45)


def main() -> None:
    """Measure and print; with ``--profile`` show instead where our time goes."""
    parser = argparse.ArgumentParser(description="CPU time of a warm create_invoice")
    parser.add_argument("--rounds", type=int, default=600, help="calls of each with 10 lines; a third with 500")
    parser.add_argument("--build", type=Path, default=ROOT / ".aws-sam" / "build")
    parser.add_argument("--profile", type=int, metavar="LINES", help="profile ours with so many lines")
    arguments = parser.parse_args()
    layer = arguments.build.resolve() / "CoreLayer" / "python"
    if not layer.exists():
        raise SystemExit("nothing built: run `make build` first")
    if not sys.flags.no_site:
        # Anew, without the development tools' packages, but for the router of lean, which the layer has not.
        router = ROOT / ".cache" / "benchmarks" / "aws_lambda_powertools"
        router.parent.mkdir(parents=True, exist_ok=True)
        router.unlink(missing_ok=True)
        router.symlink_to(Path(aws_lambda_powertools.__file__).parent)
        command = [sys.executable, "-S", "-m", "benchmarks.warm_create", *sys.argv[1:]]
        os.execve(sys.executable, command, {**os.environ, "PYTHONPATH": f"{router.parent}:{layer}:{ROOT}"})
    sys.stdout = Path(os.devnull).open("w")  # noqa: SIM115 - the log lines
    calls = candidates(AnsweredInside())
    if arguments.profile:
        profile(calls["ours"], json.dumps(invoice_body(arguments.profile)))
        return
    results = {
        10: measure(calls, 10, arguments.rounds),
        500: measure(calls, 500, max(arguments.rounds // 3, 1)),
    }
    print(report(results), file=sys.__stdout__)


if __name__ == "__main__":
    main()
