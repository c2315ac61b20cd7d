"""POST /imports, from the request to what is in the account."""

from decimal import Decimal

from tests.aws import Aws
from tests.functions.imports.importing import post, read, tick
from tests.http import call, request
from tests.uploads import declare, put

API = "https://api.example.com/v1/invoicing"
CUSTOMERS = "id;name;email;address.city\ncust_a;Äda;ada@x.example;Köln\ncust_b;Bo;nobody;\n"
INVOICES = (
    '{"invoice_number": "INV-2024-007", "customer_id": "cust_123", "issue_date": "2024-02-01", "currency": "USD", '
    '"items": [{"description": "Work", "quantity": 3, "unit_price": 3.33, "tax_rate": 0.25}], "tax": 2.49, '
    '"total": 12.48, "status": "paid", "paid_date": "2024-02-20"}\n'
)


def test_customers_of_an_uploaded_file(aws: Aws, queue: None, key: str) -> None:
    content = CUSTOMERS.encode("windows-1252")
    file = declare(key, "text/csv", "customers.csv", purpose="import", size=len(content)).data
    put(aws, file["upload"], content)
    answer = post(key, type="customers", file=file["id"], encoding="windows-1252")
    begun = answer.data
    assert (answer.status, begun["status"], begun["rows"], begun["size"]) == (202, "pending", None, len(content))
    own = f"{API}/imports/{begun['id']}"
    assert answer.json["links"] == {"self": own, "file": f"{API}/files/{file['id']}", "stop": own}
    tick(aws)
    ended = read(key, begun["id"]).data
    assert {name: ended[name] for name in ("status", "rows", "processed", "created", "failed", "error")} == {
        "status": "completed_with_errors",
        "rows": 2,
        "processed": 2,
        "created": 1,
        "failed": 1,
        "error": None,
    }
    event = request("GET", "/customers/cust_a", key=key, parameters={"customer_id": "cust_a"})
    customer = call("customers/get_customer", event).data
    assert (customer["name"], customer["address"]["city"]) == ("Äda", "Köln")


def test_invoices_sent_inline(aws: Aws, queue: None, key: str, customer: object) -> None:
    assert customer
    begun = post(key, type="invoices", format="jsonl", data=INVOICES).data
    tick(aws)
    ended = read(key, begun["id"]).data
    assert (ended["status"], ended["created"], [each["code"] for each in ended["warnings"]]) == (
        "completed",
        1,
        ["FIGURES_KEPT"],
    )
    assert [(each["next"], each["next_number"]) for each in ended["number_series"]] == [(8, "INV-2024-008")]
    event = request("GET", "/invoices?invoice_number=INV-2024-007", key=key)
    (invoice,) = call("invoices/list_invoices", event).data
    shown = ("status", "imported", "total", "tax", "issue_date", "paid_date")
    assert {name: invoice[name] for name in shown} == {
        "status": "paid",
        "imported": True,
        "total": Decimal("12.48"),
        "tax": Decimal("2.49"),
        "issue_date": "2024-02-01",
        "paid_date": "2024-02-20",
    }
    invoiced = [item for item in aws.items("events") if item["type"]["S"].startswith("invoice.")]
    assert len(invoiced) == 3
    assert all(begun["id"] in item["actor"]["S"] for item in invoiced)
    assert not [item for item in aws.items("deliveries") if item["sk"]["S"].startswith("dlv_")]


def test_a_second_import_waits_for_the_first(aws: Aws, queue: None, key: str) -> None:
    begun = post(key, type="customers", data="name\nAda\n").data
    refused = post(key, type="customers", data="name\nBo\n")
    assert (refused.status, refused.error["code"]) == (409, "IMPORT_RUNNING")
    assert refused.error["existing_resource"].endswith(f"/imports/{begun['id']}")
    tick(aws)
    assert post(key, type="customers", data="name\nBo\n").status == 202


def test_a_request_sent_again_begins_one_import(aws: Aws, key: str) -> None:
    body = {"type": "customers", "format": "csv", "data": "name\nAda\n"}
    event = request("POST", "/imports", body, key=key, headers={"Idempotency-Key": "k1"})
    first, again = (call("imports/create_import", event) for _ in range(2))
    assert first.data["id"] == again.data["id"]
    assert len([item for item in aws.items("jobs") if item["sk"]["S"].startswith("import_0")]) == 1
