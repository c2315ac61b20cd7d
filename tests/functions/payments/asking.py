"""Requests about payments, and what they are about."""

from typing import Any

from tests.functions.conftest import NEW_INVOICE
from tests.http import Response, call, request


def ask(key: str, function: str, path: str, body: Any = None, **headers: str) -> Response:
    """One request, a GET without a body, else a POST; the parameters of the path are read off it."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    _, *words = path.partition("?")[0].split("/")
    parameters = {f"{kind.removesuffix('s')}_id": name for kind, name in zip(words[::2], words[1::2], strict=False)}
    method = "GET" if body is None else "POST"
    return call(f"payments/{function}", request(method, path, body, key=key, headers=named, parameters=parameters))


def a_sent_invoice(key: str, price: float = 100, **wishes: Any) -> Any:
    """An invoice of one line, sent."""
    line = {"description": "Work", "quantity": 1, "unit_price": price}
    body = NEW_INVOICE | {"items": [line], "send_email": True} | wishes
    return call("invoices/create_invoice", request("POST", "/invoices", body, key=key)).data


def pay(key: str, invoice: Any, amount: float, **wishes: Any) -> Any:
    """A payment of an invoice; what is too much becomes credit."""
    body = {"amount": amount, "payment_method": "cash", "allow_overpayment": True} | wishes
    answer = ask(key, "record_invoice_payment", f"/invoices/{invoice['id']}/payments", body)
    assert answer.status == 201, answer.body
    return answer.data


def read_invoice(key: str, invoice: Any) -> Any:
    """An invoice as it is now."""
    event = request("GET", f"/invoices/{invoice['id']}", key=key, parameters={"invoice_id": invoice["id"]})
    return call("invoices/get_invoice", event).data
