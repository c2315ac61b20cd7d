"""GET /suppressions."""

from typing import Any

import pytest

from tests.aws import Aws
from tests.functions.deliveries.mailing import Mailing
from tests.http import Response, a_key, call, request
from tests.prepared import prepared


def get(key: str, query: str = "") -> Response:
    return call("deliveries/list_suppressions", request("GET", f"/suppressions?{query}", key=key))


def addresses(answer: Response) -> list[str]:
    assert answer.status == 200, answer.body
    return [suppression["address"] for suppression in answer.data]


@pytest.fixture
@prepared
def mailing(aws: Aws, key: str, sent: Any) -> Mailing:
    """Ada bounced, and Bob complained."""
    mailing = Mailing(aws, key)
    mailing.send(sent["id"], to=["Bob@example.com"])
    mailing.deliver()
    mailing.report("ada@example.com", "bounce")
    mailing.report("Bob@example.com", "complaint")
    return mailing


def test_a_suppression_says_why_since_when_and_for_which_invoice(key: str, sent: Any, mailing: Mailing) -> None:
    bob, ada = get(key).data
    assert (bob["address"], bob["reason"], bob["invoice_id"]) == ("Bob@example.com", "complained", sent["id"])
    assert (ada["address"], ada["reason"], ada["credit_note_id"]) == ("ada@example.com", "bounced", None)
    assert ada["delivery_id"] == mailing.deliveries()[0].id
    assert ada["since"] <= bob["since"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["Bob@example.com", "ada@example.com"]),
        ("order=asc", ["ada@example.com", "Bob@example.com"]),
        ("reason=bounced", ["ada@example.com"]),
        ("address=BOB@example.COM", ["Bob@example.com"]),
        ("address=eve@example.com", []),
        ("per_page=1&page=2", ["ada@example.com"]),
    ],
)
def test_filters_and_pages(key: str, mailing: Mailing, query: str, expected: list[str]) -> None:
    assert addresses(get(key, query)) == expected


def test_each_account_has_its_own(key: str, mailing: Mailing) -> None:
    assert addresses(get(a_key())) == []
