from typing import Any

import pytest

from tests.aws import Aws
from tests.functions.conftest import NEW_INVOICE
from tests.http import Response, call, request

BROWSER = {"sec-fetch-mode": "navigate", "sec-fetch-dest": "document", "accept-language": "de-AT,de;q=0.9"}


def token_of(invoice: Any) -> str:
    token: str = invoice["hosted_url"].rpartition("/")[2]
    return token


def view(token: str, headers: dict[str, str], method: str = "GET") -> Response:
    return call("pages/view_invoice", request(method, f"/i/{token}", headers=headers, parameters={"token": token}))


def events(aws: Aws) -> list[str]:
    return [item["type"]["S"] for item in aws.items("events")]


def test_opening_it_in_a_browser_marks_the_invoice_as_viewed_once(sent: Any, aws: Aws) -> None:
    first = view(token_of(sent), BROWSER)
    second = view(token_of(sent), BROWSER)
    assert first.status == second.status == 200
    assert "INV-2024-001" in first.body.decode()
    assert events(aws).count("invoice.viewed") == 1


@pytest.mark.parametrize(
    ("method", "headers"),
    [
        ("HEAD", BROWSER),
        ("GET", {}),
        ("GET", {"user-agent": "Mozilla/5.0 Chrome/140.0"}),
        ("GET", BROWSER | {"sec-fetch-dest": "image"}),
        ("GET", BROWSER | {"sec-fetch-mode": "no-cors"}),
        ("GET", BROWSER | {"sec-purpose": "prefetch;prerender"}),
        ("GET", BROWSER | {"purpose": "prefetch"}),
    ],
)
def test_machines_see_the_page_and_mark_nothing(sent: Any, aws: Aws, method: str, headers: dict[str, str]) -> None:
    assert view(token_of(sent), headers, method).status == 200
    assert "invoice.viewed" not in events(aws)


def test_head_answers_like_get_without_a_body(sent: Any) -> None:
    for token in (token_of(sent), "nobody-knows-it"):
        got, head = (view(token, BROWSER, method) for method in ("GET", "HEAD"))
        assert (head.status, head.body) == (got.status, b"")
        assert head.headers.keys() == got.headers.keys()
        for name in ("Content-Type", "Content-Security-Policy", "Strict-Transport-Security"):
            assert head.headers[name] == got.headers[name]


def test_the_page_loads_nothing_and_is_not_kept(sent: Any) -> None:
    headers = view(token_of(sent), BROWSER).headers
    assert headers["Content-Type"] == "text/html; charset=utf-8"
    assert headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert headers["Cache-Control"] == "no-store"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["X-Robots-Tag"] == "noindex, nofollow"


def test_how_it_is_paid_is_frozen(sent: Any, key: str) -> None:
    def set_url(url: str) -> None:
        assert call("account/update_account", request("PATCH", "/account", {"payment_url": url}, key=key)).status == 200

    set_url("https://pay.example/{number}")
    again = request("POST", "/invoices", NEW_INVOICE | {"send_email": True}, key=key)
    issued = call("invoices/create_invoice", again).data
    set_url("https://elsewhere.example/{number}")
    page = view(token_of(issued), BROWSER).body.decode()
    assert f'href="https://pay.example/{issued["invoice_number"]}"' in page
    assert "Pay online" not in view(token_of(sent), BROWSER).body.decode()


def test_an_unknown_token_is_a_page_too(sent: Any) -> None:
    answer = view("nobody-knows-it", BROWSER)
    assert answer.status == 404
    assert answer.headers["Content-Type"].startswith("text/html")
    assert '<html lang="de' in answer.body.decode()
