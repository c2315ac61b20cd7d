"""GET /deliveries."""

from typing import Any

import pytest

from tests.aws import Aws
from tests.functions.deliveries.mailing import Mailing
from tests.http import Response, a_key, call, request
from tests.prepared import prepared


def get(key: str, query: str = "") -> Response:
    return call("deliveries/list_deliveries", request("GET", f"/deliveries?{query}", key=key))


def recipients(answer: Response) -> list[str]:
    assert answer.status == 200, answer.body
    return [delivery["recipient"] for delivery in answer.data]


@pytest.fixture
@prepared
def mailing(aws: Aws, key: str, sent: Any) -> Mailing:
    """One invoice is sent to Ada, then again to three others, of whom one bounces and one gets it."""
    mailing = Mailing(aws, key)
    mailing.send(sent["id"], to=["Bob@example.com"], cc=["eve@example.com"], bcc=["kim@müller.example"])
    mailing.deliver()
    mailing.report("Bob@example.com", "delivery")
    mailing.report("eve@example.com", "delivery_delay", "bounce")
    return mailing


def test_a_delivery_says_what_became_of_it(key: str, sent: Any, mailing: Mailing) -> None:
    (bounced,) = get(key, "status=bounced").data
    assert (bounced["recipient"], bounced["status"], bounced["reason"]) == (
        "eve@example.com", "bounced", "invalid_address",
    )  # fmt: skip
    assert (bounced["invoice_id"], bounced["credit_note_id"], bounced["delayed_since"]) == (sent["id"], None, None)
    assert bounced["history"] == [
        {"type": "bounce", "at": "2026-11-22T12:00:05.000Z", "code": "5.1.1", "reason": "invalid_address"},
        {"type": "delay", "at": "2026-11-22T12:30:00.000Z", "code": "4.4.1", "reason": None},
    ]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["kim@müller.example", "eve@example.com", "Bob@example.com", "ada@example.com"]),
        ("order=asc&limit=2", ["ada@example.com", "Bob@example.com"]),
        ("status=sent", ["kim@müller.example", "ada@example.com"]),
        ("status=delivered", ["Bob@example.com"]),
        ("status=bounced", ["eve@example.com"]),
        ("filter[status][in]=bounced,failed", ["eve@example.com"]),
        ("filter[status][in]=bounced,delivered", ["eve@example.com", "Bob@example.com"]),
        ("filter[status][ne]=sent", ["eve@example.com", "Bob@example.com"]),
        ("status=complained", []),
        ("recipient=BOB@EXAMPLE.COM", ["Bob@example.com"]),
        ("recipient=Kim@xn--mller-kva.example", ["kim@müller.example"]),
        ("recipient=eve@example.com&status=delivered", []),
        ("recipient=nobody@example.com", []),
        ("invoice_id=inv_404", []),
        ("fields=recipient&status=bounced", ["eve@example.com"]),
    ],
)
def test_filters(key: str, mailing: Mailing, query: str, expected: list[str]) -> None:
    assert recipients(get(key, query)) == expected


def test_those_of_an_invoice(key: str, sent: Any, mailing: Mailing) -> None:
    assert len(recipients(get(key, f"invoice_id={sent['id']}"))) == 4
    assert recipients(get(key, f"invoice_id={sent['id']}&status=bounced")) == ["eve@example.com"]


def test_a_filter_on_a_resource_finds_no_other_that_has_the_id(key: str, sent: Any, mailing: Mailing) -> None:
    assert recipients(get(key, f"payment_id={sent['id']}")) == []
    assert recipients(get(key, f"payment_id={sent['id']}&invoice_id={sent['id']}")) == []


def test_pages_follow_each_other(key: str, mailing: Mailing) -> None:
    first = get(key, "per_page=3")
    assert first.json["meta"]["pagination"]["total"] == 4
    second = get(key, first.json["links"]["next"].partition("?")[2])
    assert recipients(first) + recipients(second) == recipients(get(key))


def test_other_accounts_and_suppressions_are_not_among_them(key: str, mailing: Mailing) -> None:
    assert recipients(get(a_key())) == []
    assert len(recipients(get(key))) == 4
