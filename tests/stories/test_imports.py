"""Moving from another system: files are uploaded by their forms, imported, corrected, and imported again."""

import csv
import io
from decimal import Decimal
from typing import Any

import requests

from tests.stories.client import Client, data, error, number, today
from tests.stories.conftest import Deployment
from tools.waiting import wait_until

CUSTOMERS = (
    "id;name;email;address.city\n"
    "cust_1001;Müller & Söhne;ap@mueller.example;Köln\n"
    "cust_1002;Ödön Kft;nobody;\n"
    "cust_1003;Quiet GmbH;;\n"
)
HEADER = (
    "invoice_number;customer_id;issue_date;due_date;currency;description;quantity;unit_price;tax_rate;total;"
    "amount_paid;paid_date"
)


def test_moving_from_another_system(deployment: Deployment) -> None:
    client = Client(deployment.url, deployment.create_account("moving")["api_key"])
    german = {"decimal": ",", "date_format": "DD.MM.YYYY"}
    first = _imported(deployment, client, "customers", CUSTOMERS.encode("windows-1252"), encoding="windows-1252")
    assert _counts(first) == ("completed_with_errors", 2, 0, 0, 1)
    assert data(client.get("/customers/cust_1001"))["name"] == "Müller & Söhne"
    corrected = _failed_rows(first).replace(";nobody;", ";oe@oedoen.example;", 2)
    assert _counts(_imported(deployment, client, "customers", corrected.encode())) == ("completed", 1, 0, 0, 0)

    rows = [HEADER, *_rows()]
    invoices = "\n".join(rows).encode()
    dry = _imported(deployment, client, "invoices", invoices, dry_run=True, **german)
    assert (_counts(dry), data(client.get("/invoices"))) == (("completed", 42, 0, 0, 0), [])
    ended = _imported(deployment, client, "invoices", invoices, **german)
    assert _counts(ended) == ("completed", 42, 0, 0, 0)
    assert [each["next_number"] for each in ended["number_series"]] == [number(51)]
    again = _imported(deployment, client, "invoices", invoices, **german)
    assert _counts(again) == ("completed", 0, 0, 42, 0)
    _assert_books(client)

    new = {"customer_id": "cust_1001", "items": [{"description": "Work", "quantity": 1, "unit_price": 1}]}
    draft = data(client.post("/invoices", new))
    assert data(client.post(f"/invoices/{draft['id']}/send", {"send_email": False}))["invoice_number"] == number(51)
    deployment.wait_for_empty_mail_queue()
    assert not deployment.messages_to("ap@mueller.example")


def _rows() -> list[str]:
    """41 invoices of one line, the first of which is paid, and one of two lines whose rows lie apart."""
    day = f"01.01.{today().year}"
    single = [f"{number(count)};cust_1001;{day};{day};USD;Work;10;1.120,00;0,19;13.328,00;;" for count in range(2, 41)]
    paid = f"{number(1)};cust_1001;{day};{day};USD;Work;1;100,00;0,19;119,00;119,00;{day}"
    parts = [f"{number(50)};cust_1003;{day};{day};USD;Work;1;{price};0,19;238,00;;" for price in ("50,00", "150,00")]
    return [parts[0], paid, *single, parts[1]]


def _assert_books(client: Client) -> None:
    listed = data(client.get("/invoices?per_page=100"))
    assert {each["status"] for each in listed} <= {"paid", "overdue", "sent"}
    assert all(each["imported"] for each in listed)
    (balance,) = data(client.get("/customers/cust_1001/balance"))["balances"]
    assert balance["balance"] == Decimal("13328.00") * 39
    events = data(client.get("/events?limit=100&type=invoice.created"))
    assert {event["actor"]["type"] for event in events} == {"import"}


def _imported(deployment: Deployment, client: Client, of: str, content: bytes, **options: Any) -> Any:
    """Upload a file by its form and import it; return the import when it has ended."""
    declared = {"purpose": "import", "filename": f"{of}.csv", "content_type": "text/csv", "size": len(content)}
    file = data(client.post("/files", declared))
    form = file["upload"]
    sent = requests.post(form["url"], data=form["fields"], files={"file": ("a.csv", content)}, timeout=60)
    assert sent.status_code == 204, sent.text
    begun = data(client.post("/imports", {"type": of, "format": "csv", "file": file["id"]} | options))
    refused = client.post("/imports", {"type": of, "format": "csv", "file": file["id"]})
    assert (refused.status_code, error(refused)["code"]) == (409, "IMPORT_RUNNING")
    deployment.tick()

    def ended() -> Any:
        found = data(client.get(f"/imports/{begun['id']}"))
        return found if found["completed_at"] else None

    return wait_until(ended, 120, f"{begun['id']} ends")


def _counts(ended: Any) -> tuple[str, int, int, int, int]:
    return ended["status"], ended["created"], ended["updated"], ended["skipped"], ended["failed"]


def _failed_rows(ended: Any) -> str:
    text = requests.get(ended["errors_url"], timeout=60).content.decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(text), delimiter=";")
    assert (row["error_line"], row["error_code"], row["id"]) == ("3", "EMAIL_INVALID", "cust_1002")
    return text
