"""POST /customers/{customer_id}/portal-links, and what the worker hands to SES."""

from typing import Any

import pytest

from tests.aws import Aws
from tests.functions.deliveries.mailing import Mailing
from tests.functions.portal import links_of, new_link, open_portal, portal_tokens, revoke, token_of


def test_a_link_is_shown_once_and_stored_as_a_hash(key: str, sent: Any, aws: Aws) -> None:
    assert sent
    answer = new_link(key, {"expires_in_days": 90}, idempotency_key="k")
    assert answer.status == 201, answer.body
    assert answer.data["id"].startswith("plink_")
    token = token_of(answer.data["url"])
    again = new_link(key, {"expires_in_days": 90}, idempotency_key="k")
    assert (again.data["id"], again.data["url"]) == (answer.data["id"], None)
    assert open_portal(token).status == 200
    (listed,) = links_of(key).data
    assert listed == {name: value for name, value in answer.data.items() if name != "url"}
    assert token not in str([aws.items(table) for table in ("deliveries", "customers", "events", "idempotency")])


def test_the_email_has_a_link_of_its_own_which_nothing_stores(
    key: str, customer: Any, aws: Aws, mails: list[dict[str, Any]]
) -> None:
    assert customer
    answer = new_link(key, {"send_email": True})
    assert answer.status == 201, answer.body
    Mailing(aws, key).deliver()
    (mailed,) = portal_tokens(mails)
    shown = token_of(answer.data["url"])
    assert mailed != shown
    assert [open_portal(token).status for token in (mailed, shown)] == [200, 200]
    assert mailed not in str([aws.items(table) for table in ("deliveries", "customers", "events", "idempotency")])
    assert [event["type"]["S"] for event in aws.items("events")].count("customer.portal_link_sent") == 1
    assert answer.data["delivery_ids"] == [Mailing(aws, key).deliveries()[-1].id]
    assert revoke(key, answer.data["id"]).status == 204
    assert [open_portal(token).status for token in (mailed, shown)] == [404, 404]


def test_an_email_on_its_way_is_not_sent_once_its_link_is_revoked(
    key: str, customer: Any, aws: Aws, mails: list[dict[str, Any]]
) -> None:
    assert customer
    revoke(key, new_link(key, {"send_email": True}).data["id"])
    Mailing(aws, key).deliver()
    delivery = Mailing(aws, key).deliveries()[-1]
    assert (portal_tokens(mails), delivery.status, delivery.failure) == ([], "skipped", "link_ended")


@pytest.mark.parametrize(
    ("body", "field", "code"),
    [
        ({"expires_in_days": 0}, "expires_in_days", "VALUE_INVALID"),
        ({"expires_in_days": 91}, "expires_in_days", "VALUE_INVALID"),
        ({"expires_in_days": None}, "expires_in_days", "TYPE_INVALID"),
        ({"send_email": "yes"}, "send_email", "TYPE_INVALID"),
        ({"to": "eve@example.com"}, "to", "FIELD_UNKNOWN"),
    ],
)
def test_other_bodies_are_refused(key: str, customer: Any, body: Any, field: str, code: str) -> None:
    assert customer
    answer = new_link(key, body)
    assert answer.status == 422
    assert [(each["field"], each["code"]) for each in answer.error["details"]] == [(field, code)]
    assert links_of(key).data == []
