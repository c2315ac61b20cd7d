"""An API client as a user would write one: a key, a base URL, JSON with exact numbers."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

import requests

from invoicing import exact_json

QUICK_START = """{
    "customer_id": "cust_123",
    "items": [
      {
        "description": "Web Development Services",
        "quantity": 10,
        "unit_price": 150.00
      }
    ],
    "due_date": "2024-02-15",
    "currency": "USD"
  }"""
"""The body of the published overview's first request, to the letter."""


def today() -> date:
    """Today in the zone of an account that has not set one."""
    return datetime.now(UTC).date()


def number(count: int) -> str:
    """The number of an account's invoice of this count, issued today."""
    return f"INV-{today().year}-{count:03}"


BROWSER = {
    "Accept": "text/html,application/xhtml+xml",
    "Accept-Language": "en",
    "Sec-Fetch-Dest": "document",
    "Sec-Fetch-Mode": "navigate",
    "Sec-Fetch-Site": "cross-site",
    "Sec-Fetch-User": "?1",
    "User-Agent": "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36",
}
MAIL_SCANNER = {"User-Agent": BROWSER["User-Agent"], "Accept": "*/*"}
"""A scanner that pretends to be a browser, as they do."""


@dataclass
class Client:
    """Calls one account's API."""

    url: str
    key: str | None
    headers: dict[str, str] = field(default_factory=dict)

    def call(
        self, method: str, path: str, body: Any = None, headers: dict[str, str] | None = None
    ) -> requests.Response:
        """``body`` is sent as it is when it is text or bytes, else as JSON."""
        raw = body if body is None or isinstance(body, (str, bytes)) else exact_json.dumps(body)
        sent = {"Content-Type": "application/json", **self.headers, **(headers or {})}
        if self.key is not None:
            sent["Authorization"] = f"Bearer {self.key}"
        url = path if path.startswith("http") else self.url + path
        return requests.request(method, url, data=raw, headers=sent, timeout=60, allow_redirects=False)

    def get(self, path: str, **headers: str) -> requests.Response:
        """GET; header names are written with underscores."""
        return self.call("GET", path, headers=_dashed(headers))

    def post(self, path: str, body: Any = None, **headers: str) -> requests.Response:
        """POST; header names are written with underscores."""
        return self.call("POST", path, body, headers=_dashed(headers))


def content(response: requests.Response) -> Any:
    """The answer's JSON, with exact decimals."""
    return exact_json.loads(response.text)


def data(response: requests.Response) -> Any:
    """The ``data`` of an answer that must be a success."""
    assert response.ok, response.text
    return content(response)["data"]


def error(response: requests.Response) -> Any:
    """The ``error`` of an answer that must not be a success."""
    assert not response.ok, response.text
    return content(response)["error"]


def _dashed(headers: dict[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in headers.items()}
