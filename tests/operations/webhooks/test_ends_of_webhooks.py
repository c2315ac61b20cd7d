"""What becomes of deliveries once a webhook is disabled, deleted or changed, and which secrets sign."""

from datetime import timedelta
from typing import Any

import pytest

from invoicing.operations.webhooks._ports import Answer
from invoicing.operations.webhooks.delete_webhook import delete_webhook
from invoicing.operations.webhooks.rotate_webhook_secret import rotate_webhook_secret
from invoicing.operations.webhooks.update_webhook import update_webhook
from tests.builders import NOW
from tests.fake_webhooks import BROKEN, OK, FakeBox
from tests.fakes import FakeStore
from tests.operations.webhooks.conftest import posting as posting  # noqa: PLC0414 - a fixture
from tests.operations.webhooks.posting import RULES, Posting, sent

TIMEOUT = Answer(error="timeout")
RETRIES = [0, 1, 6, 36, 336]
"""The seconds of the attempts that messages lead to."""


def failing_until(posting: Posting, **after: float) -> None:
    ends = NOW + timedelta(**after)
    posting.sender.answers = lambda post: OK if post.at >= ends else BROKEN


def test_a_dead_endpoint_is_disabled_after_five_events_and_a_day(posting: Posting, store: FakeStore) -> None:
    webhook = posting.webhook()
    posting.webhook(url="https://other.example.com/")
    posting.sender.answers = lambda post: OK if "other" in post.url else BROKEN
    for _ in range(24):
        posting.event()
        posting.run(hours=1)
    assert posting.stored(webhook).status == "active"
    posting.event()
    posting.run(seconds=1)
    disabled = posting.stored(webhook)
    assert (disabled.status, disabled.disabled_reason) == ("disabled", "failing")
    posting.publish_all()
    posting.run(minutes=10)
    told = [sent(each) for each in posting.posts if "other" in each.url and b"webhook.disabled" in each.body]
    assert [each["data"]["disabled_reason"] for each in told] == ["failing"]
    mine = posting.deliveries(webhook)
    assert {(each.status, each.reason) for each in mine} == {("skipped", "endpoint_disabled")}
    assert len(mine) == 26, "that of its own end included"
    before = len(posting.posts)
    enable(posting, webhook)
    posting.run(hours=1)
    assert len(posting.posts) == before, "nothing is sent by itself"
    posting.event()
    posting.run(seconds=1)
    assert posting.stored(webhook).status == "active", "the count has begun anew"
    assert [each.type for each in store.events.values()].count("webhook.disabled") == 1


def enable(posting: Posting, webhook: str, status: str = "active") -> None:
    posting.office.run_use_case(lambda uow: update_webhook(uow, webhook, {"status": status}, rules=RULES))


def test_what_was_on_its_way_is_not_sent_after_it_was_switched_off_and_on(posting: Posting) -> None:
    webhook = posting.webhook()
    posting.sender.answers = lambda _: BROKEN
    posting.event(resource="inv_1")
    posting.run(minutes=30)
    posting.event(resource="inv_2")
    posting.run(seconds=2)
    enable(posting, webhook, "disabled")
    posting.office.now += timedelta(milliseconds=1)
    enable(posting, webhook)
    count = len(posting.posts)
    posting.sender.answers = lambda _: OK
    posting.run(hours=2)
    assert len(posting.posts) == count
    assert {each.reason for each in posting.deliveries(webhook)} == {"endpoint_disabled"}
    posting.event(resource="inv_3")
    posting.run(seconds=1)
    assert len(posting.posts) == count + 1


def test_gone_disables_at_once(posting: Posting) -> None:
    webhook = posting.webhook()
    posting.sender.answers = lambda _: Answer(status_code=410, error="status")
    posting.event()
    posting.run(minutes=6)
    assert posting.stored(webhook).disabled_reason == "gone"
    assert len(posting.posts) == 1
    assert [(each.status, each.reason) for each in posting.deliveries(webhook)] == [("skipped", "endpoint_disabled")]


def test_what_happens_while_it_is_disabled_is_skipped_and_known(posting: Posting) -> None:
    webhook = posting.webhook()
    enable(posting, webhook, "disabled")
    posting.event()
    posting.run(hours=1)
    assert [(each.status, each.reason) for each in posting.deliveries(webhook)] == [("skipped", "endpoint_disabled")]
    assert posting.posts == []


@pytest.mark.parametrize("waits", [timedelta(seconds=2), timedelta(minutes=30)])
def test_nothing_is_sent_to_a_webhook_that_was_deleted(posting: Posting, waits: timedelta) -> None:
    webhook = posting.webhook()
    posting.sender.answers = lambda _: BROKEN
    posting.event()
    posting.run(seconds=waits.total_seconds())
    before = len(posting.posts)
    posting.office.run_use_case(lambda uow: delete_webhook(uow, webhook))
    posting.run(hours=2)
    assert len(posting.posts) == before
    assert [(each.status, each.reason) for each in posting.deliveries()] == [("skipped", "endpoint_deleted")]


def test_what_waits_goes_to_the_new_url(posting: Posting) -> None:
    webhook = posting.webhook()
    posting.sender.answers = lambda post: OK if "new" in post.url else BROKEN
    posting.event()
    posting.run(minutes=30)
    values = {"url": "https://new.example.com/"}
    posting.office.run_use_case(lambda uow: update_webhook(uow, webhook, values, rules=RULES))
    posting.run(hours=1)
    assert posting.posts[-1].url == "https://new.example.com/"
    assert [each.status for each in posting.deliveries()] == ["succeeded"]


def test_while_a_secret_rotates_there_are_two_signatures(posting: Posting) -> None:
    webhook = posting.webhook()
    failing_until(posting, hours=30)
    posting.event()
    posting.run(minutes=1)

    def rotate(uow: Any) -> Any:
        return rotate_webhook_secret(uow, webhook, None, timedelta(hours=24), box=FakeBox())

    posting.office.run_use_case(rotate)
    posting.run(hours=32)
    counts: dict[bool, set[tuple[int, int]]] = {
        (each.at - NOW > timedelta(hours=24, minutes=1)): set() for each in posting.posts
    }
    for each in posting.posts[4:]:
        late = each.at - NOW > timedelta(hours=24, minutes=1)
        counts[late].add(
            (each.headers["webhook-signature"].count("v1,"), each.headers["X-AQNT-Signature"].count("sha256="))
        )
    assert counts == {False: {(2, 2)}, True: {(1, 1)}}
