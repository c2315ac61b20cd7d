from typing import Any

from tests.functions.account.number_series import FIELDS, create
from tests.functions.conftest import NEW_INVOICE
from tests.http import call, request


def test_every_field_comes_back_as_it_was_given(key: str) -> None:
    given: dict[str, Any] = FIELDS | {
        "next": 41,
        "reset": "monthly",
        "pattern": "B{year}{month}-{seq}",
        "default": True,
    }
    answer = create(key, **given)
    assert answer.status == 201
    assert answer.data == given | {"id": answer.data["id"]}
    assert answer.data["id"].startswith("series_")
    assert answer.headers["Location"].endswith(f"/number-series/{answer.data['id']}")
    assert answer.json["links"]["numbering_audit"].endswith(f"?series_id={answer.data['id']}")


def test_what_is_not_given_has_its_default(key: str) -> None:
    data = create(key).data
    assert data == FIELDS | {"id": data["id"], "next": 1, "reset": "yearly", "default": False}


def test_an_invoice_and_a_customer_name_it(key: str, customer: Any) -> None:
    series = create(key).data["id"]
    body = NEW_INVOICE | {"series_id": series, "send_email": True}
    invoice = call("invoices/create_invoice", request("POST", "/invoices", body, key=key)).data
    assert (invoice["series_id"], invoice["invoice_number"]) == (series, "B-2024-001")
    event = request("POST", "/customers", {"name": "Branch", "series_id": series}, key=key)
    made = call("customers/create_customer", event).data
    assert made["series_id"] == series
    body = NEW_INVOICE | {"customer_id": made["id"]}
    draft = call("invoices/create_invoice", request("POST", "/invoices", body, key=key)).data
    assert (draft["series_id"], draft["invoice_number"]) == (series, None)
    path, parameters = f"/customers/{made['id']}", {"customer_id": made["id"]}
    changed = call(
        "customers/update_customer", request("PATCH", path, {"series_id": None}, key=key, parameters=parameters)
    )
    assert changed.data["series_id"] is None


def test_a_credit_note_names_one_of_its_own(key: str, customer: Any) -> None:
    series = create(key, document_type="credit_note", pattern="K-{year}-{seq}").data["id"]
    event = request("POST", "/invoices", NEW_INVOICE | {"send_email": True}, key=key)
    invoice = call("invoices/create_invoice", event).data["id"]
    path, body = f"/invoices/{invoice}/credit-notes", {"reason": "Returned", "series_id": series}
    event = request("POST", path, body, key=key, parameters={"invoice_id": invoice})
    note = call("credit_notes/create_credit_note", event).data
    assert note["credit_note_number"].startswith("K-")
