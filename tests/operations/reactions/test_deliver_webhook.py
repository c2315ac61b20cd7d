"""From the event to the endpoint: once, again after failures, and never at anybody else's cost."""

import hashlib
import hmac
from datetime import timedelta
from itertools import pairwise

import pytest

from benchmarks import webhooks
from invoicing.domain.webhooks.schedule import MOST_ATTEMPTS
from invoicing.operations.webhooks._ports import Answer, WebhookOrder
from tests.builders import NOW
from tests.fake_webhooks import BROKEN, OK, Post
from tests.fakes import FakeStore
from tests.office import Office
from tests.operations.webhooks.conftest import posting as posting  # noqa: PLC0414 - a fixture
from tests.operations.webhooks.posting import Posting, sent

TIMEOUT = Answer(error="timeout")
RETRIES = [0, 1, 6, 36, 336]
"""The seconds of the attempts that messages lead to."""


def failing_until(posting: Posting, **after: float) -> None:
    ends = NOW + timedelta(**after)
    posting.sender.answers = lambda post: OK if post.at >= ends else BROKEN


def test_an_event_is_posted_as_it_was_with_the_time_of_the_attempt(posting: Posting) -> None:
    secret = "bar-secret-0123456789"
    webhook = posting.webhook("invoice.*", secret=secret)
    event = posting.event("invoice.paid", "inv_1", 4, total=1836)
    posting.run(seconds=1)
    (post,) = posting.posts
    meta = {
        "event_id": event.id,
        "timestamp": "2026-11-22T12:00:00.000Z",
        "version": "v1",
        "sequence": 4,
        "mode": "live",
        "imported": False,
    }
    assert sent(post) == {"event": "invoice.paid", "data": {"id": "inv_1", "total": 1836}, "meta": meta}
    assert post.headers["webhook-id"] == post.headers["X-AQNT-Event-ID"] == event.id
    assert post.headers["webhook-timestamp"] == post.headers["X-AQNT-Timestamp"] == str(int(NOW.timestamp()))
    digest = hmac.new(secret.encode(), post.body, hashlib.sha256).hexdigest()
    assert post.headers["X-AQNT-Signature"] == f"sha256={digest}"
    (delivery,) = posting.deliveries(webhook)
    assert (delivery.status, delivery.attempts[0].status_code, delivery.attempts[0].response) == (
        "succeeded",
        200,
        "ok",
    )


def test_only_what_matches_goes_to_a_webhook_and_each_gets_it_once(posting: Posting, office: Office) -> None:
    one, other = posting.webhook("invoice.paid", "invoice.*"), posting.webhook("payment.created", "customer.*")
    paid, created = posting.event("invoice.paid"), posting.event("payment.created", "pay_1")
    posting.event("credit_note.created", "cn_1")
    posting.run(seconds=1)
    assert [each.event_id for each in posting.deliveries(one)] == [paid.id]
    assert [each.event_id for each in posting.deliveries(other)] == [created.id]
    posting.publish_all()
    posting.run(hours=1)
    assert len(posting.posts) == 2, "an event that comes again is not sent again"


def test_an_account_without_webhooks_costs_one_read(posting: Posting, store: FakeStore) -> None:
    events = [posting.event() for _ in range(3)]
    reads, commits = store.reads, store.commits
    assert posting.publish(*events) == 0
    assert (store.reads - reads, store.commits - commits) == (1, 0)


def test_what_was_before_the_webhook_is_not_sent(posting: Posting) -> None:
    event = posting.event()
    posting.office.now += timedelta(seconds=1)
    webhook = f"webhook_{int(posting.office.now.timestamp() * 1000):012x}70008000000000000000"
    posting.office.ids.new_id = lambda prefix: webhook  # type: ignore[method-assign]
    assert posting.webhook() == webhook
    assert posting.publish(event) == 0


def test_the_whole_schedule_then_it_has_failed(posting: Posting) -> None:
    webhook = posting.webhook()
    posting.sender.answers = lambda _: TIMEOUT
    event = posting.event()
    posting.run(days=6)
    moments = posting.moments(NOW)
    assert moments[:5] == RETRIES
    waits = [after - before for before, after in pairwise(moments[4:])]
    planned = [3600, 6 * 3600, 24 * 3600, 72 * 3600]
    assert all(plan <= wait <= plan + 600 for wait, plan in zip(waits, planned, strict=True)), "up to two ticks late"
    (delivery,) = posting.deliveries(webhook)
    assert (delivery.status, len(delivery.attempts), delivery.attempts[0].error) == ("failed", MOST_ATTEMPTS, "timeout")
    assert (
        len({each.body for each in posting.posts}) == len({each.headers["webhook-id"] for each in posting.posts}) == 1
    )
    assert posting.posts[0].headers["webhook-id"] == event.id
    assert [int(each.headers["webhook-timestamp"]) for each in posting.posts] == [
        int(each.at.timestamp()) for each in posting.posts
    ]
    assert posting.state(webhook).due_at is None, "nothing waits any more"


def test_an_endpoint_that_was_down_for_an_hour_gets_everything_soon(posting: Posting) -> None:
    posting.webhook()
    failing_until(posting, hours=1)
    events = [posting.event(resource=f"inv_{number}") for number in range(20)]
    posting.run(hours=1, minutes=12)
    taken = [each for each in posting.posts if each.at >= NOW + timedelta(hours=1)]
    assert sorted(each.headers["webhook-id"] for each in taken) == sorted(each.id for each in events)
    assert [each.status for each in posting.deliveries()] == ["succeeded"] * 20


def test_what_waits_is_queued_at_once_after_a_success(posting: Posting) -> None:
    posting.webhook()
    failing_until(posting, hours=2)
    for number in range(5):
        posting.event(resource=f"inv_{number}")
    posting.run(hours=2, seconds=1)
    assert {each.status for each in posting.deliveries()} == {"pending"}
    posting.event(resource="inv_new")
    posting.run(seconds=10)
    assert {each.status for each in posting.deliveries()} == {"succeeded"}


def test_a_failing_endpoint_gets_one_attempt_at_a_time(posting: Posting) -> None:
    """An attempt under way is seen by all that would begin meanwhile."""
    posting.webhook()
    orders: list[WebhookOrder] = []

    def answer(_: Post) -> Answer:
        while taken := posting.queue.take(posting.office.now):
            orders.append(taken[1])
            posting.deliver(taken[1])
        return TIMEOUT

    posting.sender.answers = lambda _: BROKEN
    posting.event(resource="inv_0")
    posting.run(seconds=0)
    posting.sender.answers = answer
    for number in range(1, 8):
        posting.event(resource=f"inv_{number}")
    posting.run(seconds=0)
    assert len(posting.posts) == 2, "the first failure, and one attempt since"
    assert posting.outcomes.count("waits") == 6


def test_a_busy_endpoint_gets_the_rest_later(posting: Posting) -> None:
    posting.webhook()
    events = [posting.event(resource=f"inv_{number}") for number in range(60)]
    posting.run(minutes=2)
    assert sorted(each.headers["webhook-id"] for each in posting.posts) == sorted(each.id for each in events)
    per_second = [posting.moments(NOW).count(second) for second in range(120)]
    assert max(per_second) <= 20


@pytest.mark.nightly
def test_of_1000_events_to_50_endpoints_a_dead_one_delays_the_others_by_less_than_a_fifth() -> None:
    alone, beside_a_dead_one = (webhooks.Run(200, with_dead=with_dead).seconds() for with_dead in (False, True))
    assert 0.8 < beside_a_dead_one / alone < 1.2, "five accounts with ten endpoints and 200 events each"


def test_one_event_that_an_endpoint_never_takes_keeps_to_its_schedule(posting: Posting) -> None:
    posting.webhook()
    posting.sender.answers = lambda post: BROKEN if b"poison" in post.body else OK
    posting.event(resource="inv_poison")
    for number in range(100):
        posting.run(minutes=1)
        posting.event(resource=f"inv_{number}")
    posting.run(minutes=1)
    poisoned = [each for each in posting.posts if b"poison" in each.body]
    assert len(poisoned) == 6, "the one after an hour included"
    assert sum(each.status == "succeeded" for each in posting.deliveries()) == 100


def test_an_endpoint_asks_for_a_pause(posting: Posting) -> None:
    posting.webhook()
    answers = [Answer(status_code=429, error="status", retry_after=timedelta(seconds=120)), OK]
    posting.sender.answers = lambda _: answers.pop(0)
    posting.event()
    posting.run(minutes=10)
    assert posting.moments(NOW) == [0, 120]


def test_a_long_pause_holds_although_the_endpoint_takes_others(posting: Posting) -> None:
    posting.webhook()
    later = Answer(status_code=503, error="status", retry_after=timedelta(hours=2))
    posting.sender.answers = lambda post: later if b"inv_1" in post.body and post.at < NOW + timedelta(hours=2) else OK
    posting.event(resource="inv_1")
    for _ in range(5):
        posting.run(minutes=20)
        posting.event(resource="inv_2")
    posting.run(hours=1)
    first, again = [each.at for each in posting.posts if b"inv_1" in each.body]
    assert timedelta(hours=2) <= again - first <= timedelta(hours=2, minutes=10)
