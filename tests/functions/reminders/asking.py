"""Requests about reminders."""

from typing import Any

from tests.http import Response, call, request

STEPS = [{"offset_days": -3}, {"offset_days": 0}, {"offset_days": 7}]


def put(key: str, body: Any, **headers: str) -> Response:
    return call("reminders/replace_reminders", request("PUT", "/reminders", body, key=key, headers=headers))


def get(key: str) -> Response:
    return call("reminders/get_reminders", request("GET", "/reminders", key=key))


def preview(key: str, body: Any) -> Response:
    return call("reminders/preview_reminder", request("POST", "/reminders/preview", body, key=key))


def put_own(key: str, invoice_id: str, body: Any) -> Response:
    return _of_invoice("reminders/replace_invoice_reminders", "PUT", key, invoice_id, body)


def get_own(key: str, invoice_id: str) -> Response:
    return _of_invoice("reminders/get_invoice_reminders", "GET", key, invoice_id)


def remind(key: str, invoice_id: str, **headers: str) -> Response:
    return _of_invoice("reminders/remind_customer", "POST", key, invoice_id, headers=headers)


def _of_invoice(file: str, method: str, key: str, invoice_id: str, body: Any = None, **options: Any) -> Response:
    path, parameters = f"/invoices/{invoice_id}/reminders", {"invoice_id": invoice_id}
    return call(file, request(method, path, body, key=key, parameters=parameters, **options))
