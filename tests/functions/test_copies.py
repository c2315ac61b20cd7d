"""``bcc`` of the account: what is stored, sent and shown of copies."""

from typing import Any

import pytest

from invoicing.operations.unit_of_work.change_set import ChangeSet
from invoicing.wiring import wiring
from tests.aws import Aws
from tests.functions.deliveries.mailing import Mailing
from tests.http import Response, call, request
from tests.sending import a_suppression

COPY = "archive@acme.example"


def set_bcc(key: str, bcc: Any) -> Response:
    return call("account/update_account", request("PATCH", "/account", {"bcc": bcc}, key=key))


def deliveries(key: str, query: str = "") -> list[tuple[str, bool, str]]:
    shown = call("deliveries/list_deliveries", request("GET", f"/deliveries?order=asc&{query}", key=key)).data
    return [(each["recipient"], each["copy"], each["status"]) for each in shown]


@pytest.mark.parametrize(
    ("given", "kept"),
    [(COPY, [COPY]), ([COPY, "b@müller.example"], [COPY, "b@müller.example"]), ([], []), (None, [])],
)
def test_it_is_one_address_or_several(key: str, given: Any, kept: list[str]) -> None:
    assert call("account/get_account", request("GET", "/account", key=key)).data["bcc"] == []
    assert set_bcc(key, given).data["bcc"] == kept
    assert call("account/get_account", request("GET", "/account", key=key)).data["bcc"] == kept


@pytest.mark.parametrize(
    ("given", "field", "code"),
    [
        ("nobody", "bcc[0]", "EMAIL_INVALID"),
        (["a@b.example\nBcc: x@y.example"], "bcc[0]", "EMAIL_INVALID"),
        ([f"a{number}@b.example" for number in range(6)], "bcc", "TOO_MANY"),
        (7, "bcc", "TYPE_INVALID"),
    ],
)
def test_other_values_are_refused(key: str, given: Any, field: str, code: str) -> None:
    refused = set_bcc(key, given)
    assert refused.status == 422
    assert [(each["field"], each["code"]) for each in refused.error["details"]] == [(field, code)]


def test_a_copy_is_shown_as_one_and_its_bounce_is_no_event(key: str, draft: Any, aws: Aws) -> None:
    set_bcc(key, COPY)
    mailing = Mailing(aws, key)
    mailing.send(draft["id"])
    assert deliveries(key, f"invoice_id={draft['id']}") == [
        ("ada@example.com", False, "queued"),
        (COPY, True, "queued"),
    ]
    mailing.deliver()
    mailing.report(COPY, "bounce")
    assert deliveries(key) == [("ada@example.com", False, "sent"), (COPY, True, "bounced")]
    assert not [item for item in aws.items("events") if ".email_" in item["type"]["S"]]
    mailing.send(draft["id"])
    mailing.deliver()
    assert deliveries(key)[2:] == [("ada@example.com", False, "sent"), (COPY, True, "failed")]


@pytest.mark.parametrize("suppressed", [0, 10])
def test_the_most_recipients_and_copies_fit_into_one_transaction(
    key: str, draft: Any, aws: Aws, suppressed: int
) -> None:
    set_bcc(key, [f"copy{number}@acme.example" for number in range(5)])
    to, cc, bcc = ([f"{field}{number}@x.example" for number in range(10)] for field in ("to", "cc", "bcc"))
    changes = ChangeSet()
    for address in bcc[:suppressed]:
        changes.save(a_suppression(address, aws.items("invoices")[0]["pk"]["S"]))
    wiring().store.commit(changes)
    sent = Mailing(aws, key).send(draft["id"], to=to, cc=cc, bcc=bcc)
    assert sent.status == 200, sent.body
    assert len(aws.items("deliveries")) == 35 + suppressed
