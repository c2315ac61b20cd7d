"""POST /exports, from the request to the file in S3."""

import csv
import hashlib
import io
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from invoicing.domain.due_work import DueEntry, Work
from invoicing.domain.imports.data_import import IMPORT_RUN, ImportRun
from invoicing.messaging.due_work import message_of
from invoicing.operations.exports import _job, _reading
from tests.aws import Aws
from tests.functions.conftest import NEW_INVOICE
from tests.functions.exports.exporting import downloaded, due_at_once, post, read
from tests.functions.imports.importing import post as post_import
from tests.functions.imports.importing import tick
from tests.http import call, load_handler, request
from tests.prepared import prepared

API = "https://api.example.com/v1/invoicing"
HEAD = "invoice_number,customer_id,issue_date,currency,description,quantity,unit_price,tax_rate,paid_date,amount_paid\n"


@pytest.fixture
@prepared
def imported(aws: Aws, key: str, customer: object) -> str:
    """The account with fourteen invoices of March and one of April, each paid."""
    rows = [f"A-{n},cust_123,2026-03-{n * 2 + 1:02},USD,'=Work,1,10,0.19,2026-03-31,11.90\n" for n in range(14)]
    april = "B-1,cust_123,2026-04-01,USD,Work,1,10,,2026-04-01,10\n"
    assert customer
    post_import(key, type="invoices", data=HEAD + "".join(rows) + april)
    (run,) = (item for item in aws.items("jobs") if item["sk"]["S"] == IMPORT_RUN)
    account: str = run["pk"]["S"]
    entry = DueEntry(datetime.now(UTC), Work.JOB, IMPORT_RUN, ImportRun.__name__, account)
    record = {"messageId": "m-1", "eventSource": "aws:sqs", "body": message_of(entry)}
    assert load_handler("reactions/run_due_work")({"Records": [record]}, None) == {"batchItemFailures": []}
    return account


@pytest.fixture
def books(imported: str, queue: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was imported, and exports that begin at once."""
    assert imported
    due_at_once(monkeypatch)


def test_invoices_in_pages_and_parts(aws: Aws, books: None, key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_reading, "AT_A_TIME", 3)
    monkeypatch.setattr(_job, "SMALLEST_PART", 2_000)
    monkeypatch.setattr("moto.s3.models.S3_UPLOAD_PART_MIN_SIZE", 1_000)
    answer = post(key, type="invoices")
    begun = answer.data
    own = f"{API}/exports/{begun['id']}"
    assert (answer.status, begun["status"], begun["rows"]) == (202, "pending", 0)
    assert answer.json["links"] == {"self": own, "stop": own}
    tick(aws)
    ended = read(key, begun["id"]).data
    assert (ended["status"], ended["rows"], ended["error"]) == ("completed", 14, None)
    assert ended["totals"] == [
        {
            "currency": "USD",
            "rows": 14,
            "amounts": {"subtotal": Decimal("140.00"), "tax": Decimal("26.60"), "total": Decimal("166.60")},
        }
    ]
    content = downloaded(aws, ended["url"])
    assert (hashlib.sha256(content).hexdigest(), len(content)) == (ended["sha256"], ended["size"])
    rows = list(csv.DictReader(io.StringIO(content.decode(), newline="")))
    assert sorted(row["invoice_number"] for row in rows) == sorted(f"A-{n}" for n in range(14))
    assert [row["issue_date"] for row in rows] == sorted(row["issue_date"] for row in rows)


def test_what_is_issued_while_it_runs_is_not_in_it(
    aws: Aws, books: None, key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_reading, "AT_A_TIME", 3)
    days = ["2026-03-01", "2026-03-31"]
    read_page = _reading.read_page

    def issuing(*given: Any) -> _reading.Page:
        page = read_page(*given)
        if days:
            new = NEW_INVOICE | {"issue_date": days.pop(), "due_date": "2026-12-31", "send_email": True}
            assert call("invoices/create_invoice", request("POST", "/invoices", new, key=key)).status == 201
        return page

    monkeypatch.setattr(_job, "read_page", issuing)
    begun = [post(key, type="invoices").data["id"]]
    tick(aws)
    begun += [post(key, type="invoices").data["id"]]
    tick(aws)
    assert [read(key, each).data["rows"] for each in begun] == [14, 16]


def test_each_type_in_its_period(aws: Aws, books: None, key: str) -> None:
    wanted = {"lines": 14, "payments": 14, "ledger": 28, "customers": 0, "credit_notes": 0, "events": 0}
    for of, rows in wanted.items():
        begun = [post(key, type=of, format=written_as).data["id"] for written_as in ("csv", "jsonl")]
        tick(aws)
        ended = [read(key, each).data for each in begun]
        assert [(each["status"], each["rows"]) for each in ended] == [("completed", rows)] * 2, of
        table, lines = (downloaded(aws, each["url"]) for each in ended)
        assert len(list(csv.reader(io.StringIO(table.decode(), newline="")))) == rows + 1
        assert len(lines.splitlines()) == rows
        if of == "lines":
            assert (table.count(b",'=Work,"), lines.count(b'"=Work"')) == (14, 14)


def test_events_and_customers_of_today(aws: Aws, books: None, key: str) -> None:
    period = {"start_date": "2026-01-01", "end_date": "2099-12-31", "format": "jsonl"}
    begun = [post(key, type=of, **period).data["id"] for of in ("events", "customers")]
    tick(aws)
    events, customers = (read(key, each).data for each in begun)
    recorded = {item["sk"]["S"] for item in aws.items("events") if not item["type"]["S"].startswith("export.")}
    assert (events["rows"], customers["rows"]) == (len(recorded), 1)
    assert all(event_id.encode() in downloaded(aws, events["url"]) for event_id in recorded)
    types = [item["type"]["S"] for item in aws.items("events")]
    assert types.count("export.completed") == 2


def test_the_ledger_for_datev(aws: Aws, books: None, key: str) -> None:
    begun = post(key, type="ledger", format="datev", datev={"client_number": 55}, accounts={"bank": "1210"}).data
    tick(aws)
    ended = read(key, begun["id"]).data
    lines = downloaded(aws, ended["url"]).split(b"\r\n")
    assert (lines[0].startswith(b'"EXTF";700;21;'), ended["rows"], len(lines)) == (True, 28, 31)
    assert sum(b";1400;1210;" in line for line in lines) == 14
    assert "EXTF_2026-03-01-2026-03-31.csv" in ended["url"]


def test_a_request_sent_again_begins_one_export(aws: Aws, key: str) -> None:
    body = {"type": "invoices", "format": "csv", "start_date": "2026-03-01", "end_date": "2026-03-31"}
    event = request("POST", "/exports", body, key=key, headers={"Idempotency-Key": "k1"})
    first, again = (call("exports/create_export", event) for _ in range(2))
    assert first.data["id"] == again.data["id"]
    assert len([item for item in aws.items("jobs") if item["sk"]["S"].startswith("export_0")]) == 1
