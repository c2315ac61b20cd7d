from decimal import Decimal

import pytest

from tests.aws import Aws
from tests.functions.reports.reading import QUARTER, ask, flat, issue, only, pay, post, report, row, rows_of
from tests.http import load_handler
from tests.messages import messages_of


def test_a_summary_says_what_happened_and_what_is_owed(quarter: str) -> None:
    answer = report(quarter, "summary", QUARTER)
    assert answer.status == 200
    assert (answer.data["start_date"], answer.data["base_currency"]) == ("2026-01-01", "USD")
    row = only(flat(answer.data), conversion=None)
    wanted = {
        "currency": "USD", "invoice_count": 2, "invoiced": 1119, "revenue": 1100, "tax": 19, "gross_revenue": 1119,
        "payments": 419, "refunds": 50, "collected": 369, "opening_receivable": 0, "outstanding": 750,
        "overdue": 750, "net_receivable": 750, "unapplied_credit": 0, "exchange_gain": None,
    }  # fmt: skip
    assert {name: row[name] for name in wanted} == wanted
    assert (float(row["dso"]), float(row["collection_rate"])) == (60.3, 0.3298)
    assert only(flat(answer.data), conversion="converted")["gross_revenue"] == 1119
    assert b'"collected":369.00' in answer.body


def test_reports_come_by_currency_then_converted_then_what_has_no_rate(aws: Aws, usd: str) -> None:
    issue(usd, 100, 0.19, "2026-01-15")
    issue(usd, 50, 0, "2026-02-15", currency="EUR", exchange_rate=0.5)
    issue(usd, 10, 0, "2026-02-15", currency="CHF")
    post(aws)
    lists = {"revenue": "periods", "tax": "groups", "customers": "customers"}
    for name in ("summary", "aging", *lists):
        data = report(usd, name, "" if name == "aging" else QUARTER).data
        assert [each["currency"] for each in data["currencies"]] == ["CHF", "EUR", "USD"], name
        assert [each["currency"] for each in data["unconverted"]] == ["CHF"], name
        assert (data["base_currency"], data["base"]["currency"]) == ("USD", "USD")
        if name in lists:
            entries = [*data["currencies"], data["base"], *data["unconverted"]]
            assert all(set(each) == {"currency", lists[name]} for each in entries), name
    january, february, march = report(usd, "revenue", QUARTER).data["base"]["periods"]
    assert [january[name] for name in ("start", "end", "revenue", "tax")] == ["2026-01-01", "2026-01-31", 100, 19]
    assert (february["revenue"], march["revenue"]) == (100, 0)
    summary = report(usd, "summary", f"{QUARTER}&currency=EUR").data
    assert ([each["currency"] for each in summary["currencies"]], summary["base"]) == (["EUR"], None)
    assert summary["currencies"][0]["drafts"] == {"count": 0, "total": 0}


def test_drafts_are_apart_and_of_today(aws: Aws, usd: str) -> None:
    line = {"description": "Hull", "quantity": 1, "unit_price": 10498.95}
    for currency in ("USD", "USD", "EUR"):
        body = {"customer_id": "cust_123", "items": [line], "currency": currency}
        ask(usd, "invoices/create_invoice", "POST", "/invoices", body)
    load_handler("reactions/update_totals")({"Records": messages_of(aws)}, None)
    rows = rows_of(usd, "summary", "start_date=2026-01-01&end_date=2026-01-31")
    assert [(row["currency"], row["conversion"], row["drafts"]) for row in rows] == [
        ("EUR", None, {"count": 1, "total": Decimal("10498.95")}),
        ("USD", None, {"count": 2, "total": Decimal("20997.90")}),
        ("USD", "converted", None),
    ]
    figures = ("gross_revenue", "tax", "outstanding", "net_receivable")
    assert {float(row[name]) for row in rows for name in figures} == {0}


def test_a_report_is_a_spreadsheet_or_a_chart_too(quarter: str) -> None:
    sheet, drawn = (report(quarter, "revenue", f"{QUARTER}&format={wanted}") for wanted in ("xlsx", "svg"))
    assert sheet.headers["Content-Type"].endswith("spreadsheetml.sheet")
    assert 'filename="revenue-2026-01-01-2026-03-31.xlsx"' in sheet.headers["Content-Disposition"]
    assert drawn.headers["Content-Type"] == "image/svg+xml"
    assert drawn.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert b"2026-01: 100.00; 2026-02: 1,000.00; 2026-03: 0.00" in drawn.body


def test_a_table_is_written_as_a_program_expects_it(quarter: str) -> None:
    plain = report(quarter, "summary", f"{QUARTER}&format=csv&currency=USD").body
    asked = f"{QUARTER}&format=csv&currency=USD&bom=true&delimiter=%3B&decimal=,"
    german = report(quarter, "summary", asked).body
    assert plain.startswith(b"currency,conversion,")
    assert german.startswith(b"\xef\xbb\xbfcurrency;conversion;")
    rows, others = (text.decode("utf-8-sig").splitlines() for text in (plain, german))
    assert [line.split(",") for line in rows] == [line.replace(",", ".").split(";") for line in others]
    assert ";1119,00;" in others[1]
    with_commas = report(quarter, "summary", f"{QUARTER}&format=csv&currency=USD&decimal=,").body
    assert b',"1119,00",' in with_commas


def test_what_is_written_off_is_no_revenue_lost(aws: Aws, usd: str) -> None:
    invoice = issue(usd, 100, 0.19, "2026-05-01")
    body = {"reason": "Insolvent", "write_off_date": "2026-05-10"}
    ask(usd, "invoices/write_off_invoice", "POST", f"/invoices/{invoice}/write-off", body, invoice_id=invoice)
    post(aws)
    may = row(usd, "summary", "start_date=2026-05-01&end_date=2026-05-31")
    assert (may["revenue"], may["tax"], may["written_off"]) == (100, 19, 119)
    assert row(usd, "aging", "as_of=2026-05-09")["days_1_30"] == 119
    assert only(rows_of(usd, "aging", "as_of=2026-05-10"))["total"] == 0


def test_gain_is_what_a_payment_is_worth_less_what_it_paid(aws: Aws, usd: str) -> None:
    invoice = issue(usd, 1000, 0, "2026-01-15", currency="EUR", exchange_rate=0.625)
    pay(usd, invoice, 800, "2026-02-15", exchange_rate=0.5)
    post(aws)
    query = "start_date=2026-01-01&end_date=2026-03-31"
    all_of_it = row(usd, "summary", query, conversion="converted")
    assert (all_of_it["gross_revenue"], all_of_it["payments"], all_of_it["exchange_gain"]) == (1600, 1600, 320)
    assert row(usd, "aging", "as_of=2026-02-28", conversion="converted")["total"] == 320
    assert row(usd, "aging", "as_of=2026-02-28", currency="EUR")["total"] == 200


@pytest.mark.parametrize(("rate", "refunds", "gain"), [(None, 200, 280), ("0.5", 200, 280), ("0.4", 250, 230)])
def test_a_refund_gives_gain_back_at_its_own_rate(
    aws: Aws, usd: str, rate: str | None, refunds: int, gain: int
) -> None:
    """100.00 of EUR 800.00, which are 160.00 at the invoice's rate, went back."""
    invoice = issue(usd, 1000, 0, "2026-01-15", currency="EUR", exchange_rate=0.625)
    paid = pay(usd, invoice, 800, "2026-02-15", exchange_rate=0.5)
    body = {"amount": 100, "refund_date": "2026-03-01"} | ({"exchange_rate": rate} if rate else {})
    made = ask(usd, "payments/refund_payment", "POST", f"/payments/{paid}/refund", body, payment_id=paid)
    shown = made["base_currency"], made["exchange_rate"], made["exchange_rate_date"]
    assert shown == ("USD", Decimal(rate or "0.5"), "2026-03-01" if rate else "2026-02-15")
    post(aws)
    found = row(usd, "summary", "start_date=2026-01-01&end_date=2026-03-31", conversion="converted")
    assert (found["refunds"], found["exchange_gain"], found["outstanding"]) == (refunds, gain, 480)
    methods = row(usd, "payments", "start_date=2026-03-01&end_date=2026-03-01", conversion="converted")
    assert methods["refunds"] == refunds


def test_what_has_no_rate_is_told_apart(aws: Aws, usd: str) -> None:
    issue(usd, 100, 0.19, "2026-01-15", currency="CHF")
    post(aws)
    rows = rows_of(usd, "summary", "start_date=2026-01-01&end_date=2026-01-31")
    named = ("currency", "conversion", "gross_revenue", "outstanding")
    assert [tuple(each[name] for name in named) for each in rows] == [
        ("CHF", None, 119, 119),
        ("USD", "converted", 0, 0),
        ("CHF", "unconverted", 119, 119),
    ]


@pytest.mark.parametrize("name", ["summary", "revenue", "aging", "tax", "payments", "customers", "forecast"])
def test_there_is_a_report_of_nothing(key: str, name: str) -> None:
    answer = report(key, name)
    assert answer.status == 200
    assert (answer.data["currencies"], answer.data.get("unconverted", [])) == ([], [])
    assert "base" not in answer.data if name == "forecast" else answer.data["base"]["currency"] == "USD"
    assert report(key, name, "format=csv").status == 200
    assert report(key, name, "format=xlsx").body.startswith(b"PK")
    assert report(key, name, "format=svg").status == (200 if name in {"revenue", "aging", "forecast"} else 400)


@pytest.mark.parametrize("name", ["summary", "revenue", "aging", "tax", "payments", "customers", "forecast"])
def test_a_table_of_nothing_names_the_same_columns(quarter: str, name: str) -> None:
    queries = ("", "currency=CHF") if name in {"aging", "forecast"} else (QUARTER, f"{QUARTER}&currency=CHF")
    found = [report(quarter, name, f"{query}&format=csv").body.decode().split("\r\n") for query in queries]
    assert [len(lines) > 2 for lines in found] == [True, False]
    assert found[0][0] == found[1][0] != ""


@pytest.mark.parametrize(
    ("name", "query", "parameter"),
    [
        ("summary", "start_date=2026-02-01&end_date=2026-01-31", "start_date"),
        ("revenue", "interval=fortnight", "interval"),
        ("revenue", "start_date=2000-01-01&end_date=2026-01-31&interval=day", "start_date"),
        ("customers", "limit=0", "limit"),
        ("aging", "start_date=2026-01-01", "start_date"),
        ("tax", "currency=XXQ", "currency"),
        ("payments", "format=pdf", "format"),
        ("payments", "bom=true", "bom"),
        ("aging", "format=xlsx&decimal=,", "decimal"),
        ("tax", "format=csv&delimiter=x", "delimiter"),
    ],
)
def test_what_cannot_be_asked_is_refused(key: str, name: str, query: str, parameter: str) -> None:
    answer = report(key, name, query)
    assert answer.status == 400
    assert [detail["field"] for detail in answer.error["details"]] == [parameter]
