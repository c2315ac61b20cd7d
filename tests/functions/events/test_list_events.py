from collections import Counter
from datetime import timedelta
from typing import Any

import pytest

from tests.functions.events.asking import ask, create, events, set_real_time, types
from tests.http import Response, a_key

pytestmark = pytest.mark.usefixtures("later")


def following(key: str, answer: Response) -> Response:
    return events(key, "?" + answer.json["links"]["next"].partition("?")[2])


def test_events_come_newest_first_with_everything_that_is_known_of_them(key: str) -> None:
    draft = create(key)
    answer = events(key)
    assert types(answer) == ["invoice.created", "customer.created"]
    newest = answer.data[0]
    assert newest == {
        "id": newest["id"],
        "type": "invoice.created",
        "resource_id": draft["id"],
        "sequence": 1,
        "actor": {"type": "api_key", "id": newest["actor"]["id"]},
        "created_at": draft["created_at"],
        "data": newest["data"],
    }
    assert newest["actor"]["id"].startswith("key_")
    assert b'"total":119.00' in answer.body
    meta = answer.json["meta"]
    assert meta.keys() == {"request_id", "timestamp", "version", "next_cursor", "has_more"}
    assert meta["has_more"] is False
    assert answer.json["links"] == {"self": "https://api.example.com/v1/invoicing/events", "next": None}


def test_who_follows_reads_pages_of_two_one_and_none_and_goes_on_from_there(key: str) -> None:
    create(key)
    create(key)
    first = events(key, "?after=&limit=2")
    second = events(key, f"?after={first.json['meta']['next_cursor']}&limit=2")
    third = events(key, f"?after={second.json['meta']['next_cursor']}&limit=2")
    assert [types(page) for page in (first, second, third)] == [
        ["customer.created", "invoice.created"], ["invoice.created"], [],
    ]  # fmt: skip
    assert [page.json["meta"]["has_more"] for page in (first, second, third)] == [True, False, False]
    found = [event["id"] for page in (first, second) for event in page.data]
    assert found == sorted(found)
    new = create(key)
    set_real_time(ahead=timedelta(hours=1))
    last = events(key, f"?after={third.json['meta']['next_cursor']}")
    assert [event["resource_id"] for event in last.data] == [new["id"]]


@pytest.mark.parametrize("query", ["?limit=1", "?after=&limit=1", "?after=&limit=1&type=invoice.*,customer.*"])
def test_links_lead_from_page_to_page_and_keep_the_filters(key: str, query: str) -> None:
    create(key)
    page = events(key, query)
    link = page.json["links"]["next"]
    assert link.startswith("https://api.example.com/v1/invoicing/events?")
    assert [part for part in query[1:].split("&") if not part.startswith("after")] == [
        part for part in link.partition("?")[2].split("&") if not part.startswith("after")
    ]
    last = following(key, page)
    assert {*types(page), *types(last)} == {"invoice.created", "customer.created"}
    assert last.json["links"]["next"] is None


def test_a_cursor_may_be_used_with_other_filters(key: str) -> None:
    create(key)
    page = events(key, "?after=&limit=1&type=customer.created")
    assert types(events(key, f"?after={page.json['meta']['next_cursor']}&type=invoice.*")) == ["invoice.created"]


def test_an_account_without_events_has_a_cursor_too(key: str) -> None:
    other = a_key()
    for query in ("", "?after="):
        answer = events(other, query)
        assert (answer.status, answer.data, answer.json["meta"]["has_more"]) == (200, [], False)
        assert events(other, f"?after={answer.json['meta']['next_cursor']}").status == 200


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("?type=invoice.created", ["invoice.created"]),
        ("?type=invoice.*", ["invoice.sent", "invoice.created"]),
        ("?type=customer.*,invoice.sent", ["invoice.sent", "customer.created"]),
        ("?type=*", ["invoice.sent", "invoice.created", "customer.created"]),
        ("?resource={invoice}", ["invoice.sent", "invoice.created"]),
        ("?resource={invoice}&after=", ["invoice.created", "invoice.sent"]),
        ("?resource=cust_123", ["customer.created"]),
        ("?resource=inv_404", []),
        ("?customer_id=cust_123", ["invoice.sent", "invoice.created", "customer.created"]),
        ("?customer_id=cust_404", []),
        ("?from=2020-01-01&to=2020-01-02", []),
        ("?from=2020-01-01", ["invoice.sent", "invoice.created", "customer.created"]),
        ("?to=2099-12-31T23:59:59.999%2B02:00", ["invoice.sent", "invoice.created", "customer.created"]),
        ("?from={sent_at}", ["invoice.sent"]),
        ("?to={sent_at}", ["invoice.created", "customer.created"]),
    ],
)
@pytest.mark.parametrize("mode", ["test", "live"])
def test_filters(key: str, query: str, expected: list[str], mode: str) -> None:
    assert key
    of_mode = a_key(mode)
    ask(of_mode, "customers/create_customer", "POST", "/customers", {"id": "cust_123", "name": "Ada"})
    draft = create(of_mode)
    path = f"/invoices/{draft['id']}/send"
    sent = ask(of_mode, "invoices/send_invoice", "POST", path, {"send_email": False}).data
    answer = events(of_mode, query.format(invoice=draft["id"], sent_at=sent["sent_at"]))
    assert types(answer) == expected


def test_the_events_of_a_deleted_draft_are_still_listed(key: str) -> None:
    draft = create(key)
    path = f"/invoices/{draft['id']}"
    assert ask(key, "invoices/update_invoice", "PATCH", path, {"notes": "Thanks."}).status == 200
    assert ask(key, "invoices/delete_invoice", "DELETE", path).status == 204
    assert ask(key, "invoices/get_invoice", "GET", path).status == 404
    assert ask(key, "invoices/update_invoice", "PATCH", path, {"notes": "Again."}).status == 404
    assert ask(key, "invoices/delete_invoice", "DELETE", path).status == 404
    listed = events(key, f"?resource={draft['id']}&after=")
    assert [(event["type"], event["sequence"]) for event in listed.data] == [
        ("invoice.created", 1), ("invoice.updated", 2), ("invoice.deleted", 3),
    ]  # fmt: skip
    last = listed.data[-1]["data"]
    assert (last["id"], last["status"], last["invoice_number"], last["total"], last["customer_id"]) == (
        draft["id"], "draft", None, 119, "cust_123",
    )  # fmt: skip


def paid_in_parts(key: str, *amounts: int, **more: Any) -> tuple[str, list[str]]:
    """The path of a sent invoice over 119.00, and its payments."""
    path = f"/invoices/{create(key)['id']}"
    ask(key, "invoices/send_invoice", "POST", f"{path}/send", {"send_email": False})
    payments = [
        ask(key, "payments/record_invoice_payment", "POST", f"{path}/payments", {"amount": amount}, **more).data["id"]
        for amount in amounts
    ]
    return path, payments


def test_who_keeps_the_highest_sequence_ends_at_the_last_state_in_any_order(key: str) -> None:
    path, _ = paid_in_parts(key, 60, 59)
    listed = events(key, f"?resource={path.rpartition('/')[2]}&after=").data
    assert [event["sequence"] for event in listed] == [1, 2, 3, 4]
    delivered = [listed[index] for index in (1, 3, 0, 2, 2)]
    last = max(delivered, key=lambda event: event["sequence"])
    assert (last["type"], last["data"]["status"], last["data"]["amount_due"]) == ("invoice.paid", "paid", 0)


def test_an_event_stays_as_it_was_whatever_happens_later(key: str) -> None:
    path, (payment,) = paid_in_parts(key, 119)
    ask(key, "payments/refund_payment", "POST", f"/payments/{payment}/refund", {"amount": 30})
    *_, paid, refunded = events(key, f"?resource={path.rpartition('/')[2]}&after=").data
    assert (paid["type"], paid["data"]["status"], paid["data"]["amount_paid"], paid["data"]["amount_due"]) == (
        "invoice.paid", "paid", 119, 0,
    )  # fmt: skip
    assert (refunded["sequence"], refunded["data"]["amount_due"]) == (paid["sequence"] + 1, 30)


def test_what_is_asked_twice_is_recorded_once(key: str) -> None:
    path, payments = paid_in_parts(key, 50, 50, headers={"Idempotency-Key": "pay-1"})
    assert payments[0] == payments[1]
    assert Counter(types(events(key))) == Counter(
        [
            "customer.created",
            "invoice.created",
            "invoice.sent",
            "invoice.partially_paid",
            "payment.created",
            "payment.succeeded",
        ]
    )
    assert len(types(events(key, f"?resource={path.rpartition('/')[2]}"))) == 3


def test_events_of_other_accounts_and_of_the_other_mode_are_not_there(key: str) -> None:
    create(key)
    for mode in ("test", "live"):
        assert events(a_key(mode)).data == []


def test_who_follows_waits_until_the_newest_event_has_settled(key: str) -> None:
    create(key)
    pauses = set_real_time(ahead=timedelta(0))
    assert types(events(key)) == ["invoice.created", "customer.created"]
    assert pauses == []
    page = events(key, "?after=")
    assert len(pauses) == 1
    assert 0 < pauses[0] <= 2
    assert "invoice.created" not in types(page), "the pause was none, so it has not settled"
    assert page.json["meta"]["has_more"] is True
    set_real_time(ahead=timedelta(hours=1))
    rest = events(key, f"?after={page.json['meta']['next_cursor']}")
    assert [*types(page), *types(rest)] == ["customer.created", "invoice.created"]
