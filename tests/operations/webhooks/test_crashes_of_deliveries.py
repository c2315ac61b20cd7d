"""Processes that die, messages that come twice: nothing is lost, and nothing is sent after it was taken."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from invoicing.domain.events.event import Event
from invoicing.domain.webhooks.schedule import MOST_ATTEMPTS
from invoicing.operations.webhooks._ports import Answer, WebhookOrder
from tests.builders import NOW
from tests.fake_webhooks import BROKEN, OK
from tests.fakes import Crash, FakeStore
from tests.office import Office
from tests.operations.webhooks.conftest import posting as posting  # noqa: PLC0414 - a fixture
from tests.operations.webhooks.posting import Posting

TIMEOUT = Answer(error="timeout")
RETRIES = [0, 1, 6, 36, 336]
"""The seconds of the attempts that messages lead to."""


def failing_until(posting: Posting, **after: float) -> None:
    ends = NOW + timedelta(**after)
    posting.sender.answers = lambda post: OK if post.at >= ends else BROKEN


def dies_at(posting: Posting, request: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the process die at its n-th request to the outside, half of the time after its effect."""
    made = iter(range(1, 10**9))

    def mortal(real: Any) -> Any:
        def call(*args: Any, **options: Any) -> Any:
            number = next(made)
            if number == 2 * request:
                raise Crash
            result = real(*args, **options)
            if number == 2 * request + 1:
                raise Crash
            return result

        return call

    monkeypatch.setattr(posting.store, "commit", mortal(posting.store.commit))
    monkeypatch.setattr(posting.queue, "send", mortal(posting.queue.send))
    monkeypatch.setattr(posting.sender, "post", mortal(posting.sender.post))


@pytest.mark.parametrize("request_number", range(12))
def test_whoever_dies_between_two_requests_loses_nothing(
    posting: Posting, request_number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was not handled comes again after the time for which its message is not visible."""
    posting.webhook()
    failing_until(posting, seconds=20)
    send = posting.queue.send
    dies_at(posting, request_number, monkeypatch)
    deliver, publish = posting.deliver, posting.publish

    def deliver_again(order: WebhookOrder) -> str:
        try:
            return deliver(order)
        except Crash:
            send([order], 360)
            return "crash"

    def publish_again(*events: Event) -> int:
        try:
            return publish(*events)
        except Crash:
            return publish(*events)

    monkeypatch.setattr(posting, "deliver", deliver_again)
    monkeypatch.setattr(posting, "publish", publish_again)
    for number in range(3):
        posting.event(resource=f"inv_{number}")
    posting.run(hours=3)
    assert [each.status for each in posting.deliveries()] == ["succeeded"] * 3


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(script=st.lists(st.sampled_from([OK, BROKEN, TIMEOUT]), max_size=40), repeated=st.lists(st.booleans()))
def test_whatever_fails_and_comes_twice_each_delivery_ends_and_is_taken_once(
    script: list[Answer], repeated: list[bool]
) -> None:
    from tests.builders import a_customer, an_account  # noqa: PLC0415

    store = FakeStore()
    store.keep(an_account(), a_customer())
    posting = Posting(Office(store), store)
    posting.webhook()
    answers, twice = iter(script), iter(repeated)
    posting.sender.answers = lambda _: next(answers, OK)
    send = posting.queue.send

    def send_twice(orders: Any, delay: float = 0) -> None:
        for _ in range(1 + next(twice, False)):
            send(orders, delay)

    posting.queue.send = send_twice  # type: ignore[method-assign]
    events = [posting.event(resource=f"inv_{number}") for number in range(3)]
    posting.run(days=6)
    assert sorted(each.event_id for each in posting.deliveries()) == sorted(each.id for each in events)
    for delivery in posting.deliveries():
        outcomes = [each.status_code == 200 for each in delivery.attempts]
        taken = [True] if delivery.status == "succeeded" else []
        assert outcomes == [False] * (len(outcomes) - len(taken)) + taken, "no attempt follows a success"
        assert taken or (delivery.status, len(outcomes)) == ("failed", MOST_ATTEMPTS)
