"""POST /i/{token}/portal-link: case P2 of docs/reference/portal.md."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from invoicing.wiring import wiring
from tests.aws import Aws
from tests.functions.deliveries.mailing import Mailing
from tests.functions.pages.test_view_invoice import BROWSER, token_of, view
from tests.functions.portal import open_portal, order_link, portal_tokens
from tests.http import call, request


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Callable[[timedelta], None]:
    def move(by: timedelta) -> None:
        now = wiring().now() + by
        monkeypatch.setitem(vars(wiring()), "services", replace(wiring().services, clock=lambda: now))

    return move


def orders(aws: Aws) -> int:
    return [event["type"]["S"] for event in aws.items("events")].count("customer.portal_link_sent")


def test_it_mails_a_link_to_the_address_on_file(key: str, sent: Any, aws: Aws, mails: list[dict[str, Any]]) -> None:
    assert "/c/" not in view(token_of(sent), BROWSER).body.decode()
    assert order_link(token_of(sent)).status == 202
    Mailing(aws, key).deliver()
    (token,) = portal_tokens(mails)
    page = open_portal(token)
    assert (page.status, sent["invoice_number"] in page.body.decode()) == (200, True)


def test_the_answer_tells_nothing(key: str, sent: Any, aws: Aws) -> None:
    first = order_link(token_of(sent))
    answers = [first, *(order_link(token_of(sent)) for _ in range(3)), order_link("nobody-knows-it")]
    change = request("PATCH", "/customers/cust_123", {"email": None}, key=key, parameters={"customer_id": "cust_123"})
    assert call("customers/update_customer", change).status == 200
    answers.append(order_link(token_of(sent)))
    gone = request("DELETE", "/customers/cust_123", key=key, parameters={"customer_id": "cust_123"})
    assert call("customers/delete_customer", gone).status == 204
    answers.append(order_link(token_of(sent)))
    assert {(answer.status, answer.body) for answer in answers} == {(202, first.body)}
    assert {name: first.headers[name] for name in ("Cache-Control", "Referrer-Policy")} == {
        "Cache-Control": "no-store", "Referrer-Policy": "no-referrer",
    }  # fmt: skip
    assert orders(aws) == 3


def test_an_invoice_orders_three_in_any_hour(sent: Any, aws: Aws, later: Callable[[timedelta], None]) -> None:
    for minutes, ordered in ((0, 1), (20, 2), (40, 3), (59, 3), (61, 4), (62, 4), (81, 5)):
        later(timedelta(minutes=minutes))
        assert order_link(token_of(sent)).status == 202
        assert orders(aws) == ordered, minutes


def test_a_rotated_link_orders_nothing_and_its_successor_has_no_more_requests(key: str, sent: Any, aws: Aws) -> None:
    for _ in range(3):
        order_link(token_of(sent))
    path, parameters = f"/invoices/{sent['id']}/hosted-link/rotate", {"invoice_id": sent["id"]}
    new = token_of(call("invoices/rotate_hosted_link", request("POST", path, key=key, parameters=parameters)).data)
    assert {order_link(token).status for token in (token_of(sent), new)} == {202}
    assert orders(aws) == 3


def test_a_suppressed_address_gets_nothing_and_the_account_is_told(key: str, sent: Any, aws: Aws) -> None:
    mailing = Mailing(aws, key)
    mailing.deliver()
    mailing.report("ada@example.com", "bounce")
    assert order_link(token_of(sent)).status == 202
    assert [each.failure for each in mailing.deliveries()][-1] == "suppressed"


def test_get_is_refused(sent: Any) -> None:
    """A link preview or prefetch must not order anything."""
    path = f"/i/{token_of(sent)}/portal-link"
    answer = call("pages/route_not_found", request("GET", path))
    assert (answer.status, answer.headers["Allow"]) == (405, "POST")
