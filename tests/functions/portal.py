"""Requests of clients and customers about the portal."""

import email
import re
from email.message import EmailMessage
from email.policy import default
from typing import Any

from tests.http import Response, call, request

CUSTOMER = "cust_123"


def new_link(key: str, body: Any = None, customer_id: str = CUSTOMER, **headers: str) -> Response:
    path, named = f"/customers/{customer_id}/portal-links", {"customer_id": customer_id}
    headers = {name.replace("_", "-"): value for name, value in headers.items()}
    event = request("POST", path, {} if body is None else body, key=key, parameters=named, headers=headers)
    return call("customers/create_portal_link", event)


def links_of(key: str, customer_id: str = CUSTOMER, query: str = "") -> Response:
    path, named = f"/customers/{customer_id}/portal-links{query}", {"customer_id": customer_id}
    return call("customers/list_portal_links", request("GET", path, key=key, parameters=named))


def revoke(key: str, link_id: str, customer_id: str = CUSTOMER) -> Response:
    path, named = f"/customers/{customer_id}/portal-links/{link_id}", {"customer_id": customer_id, "link_id": link_id}
    return call("customers/revoke_portal_link", request("DELETE", path, key=key, parameters=named))


def token_of(url: str) -> str:
    return url.rpartition("/")[2]


def open_portal(token: str, query: str = "", **headers: str) -> Response:
    event = request("GET", f"/c/{token}{query}", headers=headers, parameters={"token": token})
    return call("pages/view_portal", event)


def open_below(token: str, file: str, path: str, **named: str) -> Response:
    event = request("GET", f"/c/{token}/{path}", parameters={"token": token, **named})
    return call(f"pages/{file}", event)


def open_invoice(token: str, invoice_id: str) -> Response:
    return open_below(token, "view_portal_invoice", f"invoices/{invoice_id}", invoice_id=invoice_id)


def order_link(token: str) -> Response:
    event = request("POST", f"/i/{token}/portal-link", parameters={"token": token})
    return call("pages/request_portal_link", event)


def portal_tokens(mails: list[dict[str, Any]]) -> list[str]:
    """The tokens in e-mails that were handed over, with the recipient of each checked to be the customer."""
    found: list[str] = []
    for mail in mails:
        message = email.message_from_bytes(mail["RawMessage"]["Data"], EmailMessage, policy=default)
        text = message.get_body(("plain",))
        assert text is not None
        tokens = re.findall(r"/c/([\w-]+)", text.get_content())
        assert not tokens or mail["Destinations"] == ["ada@example.com"]
        found += tokens
    return found
