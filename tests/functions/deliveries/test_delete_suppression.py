"""DELETE /suppressions/{address}, and what a suppression keeps from being sent until then."""

from typing import Any

import pytest

from tests.aws import Aws
from tests.functions.deliveries.mailing import Mailing
from tests.http import Response, a_key, call, request
from tests.prepared import prepared


def delete(key: str, address: str) -> Response:
    path = f"/suppressions/{address}"
    return call("deliveries/delete_suppression", request("DELETE", path, key=key, parameters={"address": address}))


@pytest.fixture
@prepared
def mailing(aws: Aws, key: str, sent: Any) -> Mailing:
    """Ada, to whom the invoice was sent, bounced."""
    mailing = Mailing(aws, key)
    mailing.deliver()
    mailing.report("ada@example.com", "bounce")
    return mailing


@pytest.mark.parametrize("spelling", ["ada@example.com", "ADA@Example.COM", " ada@EXAMPLE.com"])
def test_it_gets_e_mails_again_after_any_spelling_was_deleted(
    key: str, sent: Any, mailing: Mailing, spelling: str
) -> None:
    refused = mailing.send(sent["id"])
    assert (refused.status, refused.error["details"][0]["code"]) == (422, "RECIPIENT_SUPPRESSED")
    assert [delete(key, spelling).status for _ in range(2)] == [204, 204]
    assert mailing.send(sent["id"]).status == 200
    mailing.deliver()
    assert str(mailing.deliveries()[-1].status) == "sent"


def test_a_report_that_comes_again_does_not_suppress_again(key: str, sent: Any, mailing: Mailing) -> None:
    delete(key, "ada@example.com")
    mailing.report("ada@example.com", "bounce")
    assert mailing.send(sent["id"]).status == 200


def test_another_accounts_suppression_stays(sent: Any, mailing: Mailing) -> None:
    assert delete(a_key(), "ada@example.com").status == 204
    assert mailing.send(sent["id"]).status == 422


def test_what_is_no_address_is_not_suppressed_either(key: str, mailing: Mailing) -> None:
    assert [delete(key, text).status for text in ("nonsense", "@", "ü@ü")] == [204] * 3


def test_a_suppressed_copy_is_named_in_a_warning_and_listed(key: str, sent: Any, mailing: Mailing) -> None:
    answer = mailing.send(sent["id"], to=["good@example.com"], cc=["Ada@example.com"])
    assert answer.status == 200
    assert [(each["field"], each["code"]) for each in answer.json["meta"]["warnings"]] == [
        ("cc[0]", "RECIPIENT_SUPPRESSED")
    ]
    mailing.deliver()
    listed = call(
        "deliveries/list_deliveries", request("GET", f"/deliveries?invoice_id={sent['id']}&order=asc", key=key)
    ).data
    assert [(each["recipient"], each["status"], each["reason"]) for each in listed] == [
        ("ada@example.com", "bounced", "invalid_address"),
        ("good@example.com", "sent", None),
        ("Ada@example.com", "failed", "suppressed"),
    ]
