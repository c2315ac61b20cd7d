"""Reports of what an account has, after its ledger's stream was told."""

from decimal import Decimal
from typing import Any

from tests.aws import Aws
from tests.http import Response, a_key, call, load_handler, request
from tests.ledger_stream import stream_of

QUARTER = "start_date=2026-01-01&end_date=2026-03-31"


def post(aws: Aws) -> None:
    """Let the reaction post it."""
    load_handler("reactions/update_reports")(stream_of(aws.items("ledger")), None)


def report(key: str, name: str, query: str = "") -> Response:
    """A report, such as ``revenue``."""
    return call(f"reports/get_{name}_report", request("GET", f"/reports/{name}?{query}", key=key))


def ask(key: str, file: str, method: str, path: str, body: Any, **parameters: str) -> Any:
    """What an operation answers, which must succeed."""
    answer = call(file, request(method, path, body, key=key, parameters=parameters))
    assert answer.status < 400, answer.body
    return answer.data


def issue(key: str, price: float, rate: float, day: str, **more: Any) -> str:
    """An invoice of one line, issued and due on a day."""
    line = {"description": "Consulting", "quantity": 1, "unit_price": price, "tax_rate": rate}
    body = {"customer_id": "cust_123", "items": [line], "currency": "USD", "issue_date": day, "due_date": day}
    made = ask(key, "invoices/create_invoice", "POST", "/invoices", body | more | {"send_email": True})
    return str(made["id"])


def pay(key: str, invoice: str, amount: float, day: str, **more: Any) -> str:
    """A payment of an invoice, in cash."""
    body = {"amount": amount, "payment_date": day, "payment_method": "cash"} | more
    path = f"/invoices/{invoice}/payments"
    return str(ask(key, "payments/record_invoice_payment", "POST", path, body, invoice_id=invoice)["id"])


def only(rows: list[dict[str, Any]], **wanted: Any) -> dict[str, Any]:
    """The one row with these values."""
    (row,) = [row for row in rows if all(row[name] == value for name, value in wanted.items())]
    return row


def opened(**account: str) -> str:
    """The key of an account with a customer."""
    key = a_key(**account)
    ask(key, "customers/create_customer", "POST", "/customers", {"id": "cust_123", "name": "A", "email": "a@b.example"})
    return key


def credit(key: str, invoice: str, amount: float, day: str) -> None:
    """A credit note for a part of the only line."""
    (line,) = ask(key, "invoices/get_invoice", "GET", f"/invoices/{invoice}", None, invoice_id=invoice)["items"]
    body = {"reason": "Returned", "issue_date": day, "items": [{"line_id": line["id"], "amount": amount}]}
    ask(key, "credit_notes/create_credit_note", "POST", f"/invoices/{invoice}/credit-notes", body, invoice_id=invoice)


def flat(data: Any) -> list[dict[str, Any]]:
    """The rows of a report as a table has them: in each currency, of all converted, and of what has no rate."""
    base = [data["base"]] if data.get("base") else []
    parts = {None: data["currencies"], "converted": base, "unconverted": data.get("unconverted", [])}
    found = []
    for conversion, entries in parts.items():
        for entry in entries:
            about = {"currency": entry["currency"], "conversion": conversion}
            lists = [value for value in entry.values() if isinstance(value, list)]
            found += [about | member for member in (lists[0] if lists else [entry])]
    return found


def rows_of(key: str, name: str, query: str = "") -> list[dict[str, Any]]:
    """The rows of a report, as `flat`."""
    return flat(report(key, name, query).data)


def row(key: str, name: str, query: str, **wanted: Any) -> dict[str, float]:
    """The amounts of a row that are not 0."""
    found = only(rows_of(key, name, query), **{"conversion": None} | wanted)
    return {name: float(value) for name, value in found.items() if isinstance(value, int | Decimal) and value}
