from typing import Any

import pytest

from tests.aws import Aws
from tests.functions.reports.reading import ask, flat, issue, opened, pay, post, report, rows_of
from tests.http import load_handler
from tests.ledger_stream import stream_of


def test_what_is_told_twice_is_there_once(aws: Aws) -> None:
    key = opened(currency="USD")
    pay(key, issue(key, 100, 0.19, "2026-01-15"), 100, "2026-02-01")
    post(aws)
    before = report(key, "summary", "start_date=2026-01-01&end_date=2026-03-31").data
    again = stream_of(aws.items("ledger"))
    handler = load_handler("reactions/update_reports")
    handler({"Records": again["Records"] * 2}, None)
    handler({"Records": again["Records"][::-1]}, None)
    handler({"Records": [record | {"eventName": "MODIFY"} for record in again["Records"]]}, None)
    assert report(key, "summary", "start_date=2026-01-01&end_date=2026-03-31").data == before
    assert [float(row["gross_revenue"]) for row in flat(before)] == [119, 119]


def test_what_the_ledger_has_beside_entries_is_left_out(aws: Aws) -> None:
    key = opened(currency="USD")
    pay(key, issue(key, 100, 0, "2026-01-15"), 150, "2026-02-01", allow_overpayment=True)
    body = {"amount": 20}
    ask(key, "payments/pay_out_credit", "POST", "/customers/cust_123/credit-payouts", body, customer_id="cust_123")
    post(aws)
    (row, _) = rows_of(key, "aging", "as_of=2026-10-31")
    assert float(row["unapplied_credit"]) == 50
    (row, _) = rows_of(key, "aging")
    assert float(row["unapplied_credit"]) == 30


def test_an_entry_of_nothing_stops_its_batch(aws: Aws) -> None:
    """The stream delivers it again, in halves, and then to the dead letters."""
    key = opened(currency="USD")
    issue(key, 100, 0, "2026-01-15")
    batch = stream_of(aws.items("ledger"))
    name = aws.environment["INVOICES_TABLE"]
    for item in aws.items("invoices"):
        aws.client("dynamodb").delete_item(TableName=name, Key={"pk": item["pk"], "sk": item["sk"]})
    with pytest.raises(ValueError, match="which is not there"):
        load_handler("reactions/update_reports")(batch, None)


def test_accounts_are_apart(aws: Aws) -> None:
    first, second = opened(currency="USD"), opened(currency="USD")
    issue(first, 100, 0, "2026-01-15")
    issue(second, 300, 0, "2026-01-15")
    post(aws)
    query = "start_date=2026-01-01&end_date=2026-01-31&currency=USD"
    found: list[Any] = [rows_of(key, "summary", query) for key in (first, second)]
    assert [[float(row["gross_revenue"]) for row in rows] for rows in found] == [[100], [300]]
