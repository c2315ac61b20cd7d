"""Requests about credit notes."""

from typing import Any

from tests.http import Response, call, request

PATHS = {
    "get_credit_note": ("GET", ""),
    "get_credit_note_pdf": ("GET", "/pdf"),
    "send_credit_note": ("POST", "/send"),
    "void_credit_note": ("POST", "/void"),
}


def credit(key: str, invoice_id: str, body: Any, **headers: str) -> Response:
    """Ask for a credit note of an invoice."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    path, parameters = f"/invoices/{invoice_id}/credit-notes", {"invoice_id": invoice_id}
    event = request("POST", path, body, key=key, headers=named, parameters=parameters)
    return call("credit_notes/create_credit_note", event)


def ask(key: str, function: str, note_id: str, body: Any = None, **headers: str) -> Response:
    """Ask something about a credit note."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    method, path = PATHS[function]
    path, parameters = f"/credit-notes/{note_id}{path}", {"credit_note_id": note_id}
    event = request(method, path, body, key=key, headers=named, parameters=parameters)
    return call(f"credit_notes/{function}", event)


def get_invoice(key: str, invoice_id: str) -> Response:
    """The invoice as it is now."""
    event = request("GET", f"/invoices/{invoice_id}", key=key, parameters={"invoice_id": invoice_id})
    return call("invoices/get_invoice", event)
