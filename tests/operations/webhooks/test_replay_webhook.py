"""Replays: in order, with the same ids, and no more than what was asked for."""

from datetime import UTC, datetime, timedelta

import pytest

from invoicing.domain.errors import Conflict, ValidationFailed
from invoicing.domain.events.event import Event
from invoicing.domain.webhooks.replay import WebhookReplay
from invoicing.operations.webhooks import _replaying
from invoicing.operations.webhooks.replay_webhook import replay_webhook
from invoicing.operations.webhooks.update_webhook import update_webhook
from tests.builders import NOW
from tests.fake_webhooks import BROKEN, OK
from tests.operations.webhooks.posting import RULES, Posting, sent

HOUR = timedelta(hours=1)


def replay(posting: Posting, webhook: str, begins: datetime, ends: datetime) -> WebhookReplay:
    made, order = posting.office.run_use_case(
        lambda uow: replay_webhook(uow, webhook, begins, ends, posting.services.log)
    )
    if order:
        posting.queue.send([order])
    return made


def ten_events(posting: Posting) -> list[Event]:
    events = []
    for number in range(10):
        events.append(posting.event("invoice.updated", f"inv_{number % 3}", number))
        posting.office.now += timedelta(minutes=1)
    return events


def test_events_from_before_the_webhook_come_in_their_order(posting: Posting) -> None:
    events = ten_events(posting)
    webhook = posting.webhook("invoice.*")
    made = replay(posting, webhook, NOW + timedelta(minutes=2), NOW + timedelta(minutes=8))
    assert not made.is_done
    posting.run(minutes=1)
    assert [each.headers["webhook-id"] for each in posting.posts] == [each.id for each in events[2:8]]
    assert {each.replay_id for each in posting.deliveries(webhook)} == {made.id}
    assert posting.store.all(WebhookReplay)[0].is_done


def test_two_replays_are_new_deliveries_of_the_same_bodies(posting: Posting) -> None:
    webhook = posting.webhook("invoice.*")
    events = ten_events(posting)
    posting.run(minutes=1)
    for _ in range(2):
        replay(posting, webhook, NOW, posting.office.now)
        posting.run(minutes=1)
    assert len(posting.deliveries()) == 30
    assert len({each.body for each in posting.posts}) == len(events)
    assert [each.headers["webhook-id"] for each in posting.posts[10:]] == [each.id for each in events] * 2


def test_an_event_that_fails_holds_those_behind_it_up_only_while_its_pauses_are_short(posting: Posting) -> None:
    events = ten_events(posting)
    webhook = posting.webhook("invoice.*")
    begin = posting.office.now
    posting.sender.answers = lambda post: BROKEN if sent(post)["meta"]["sequence"] == 4 else OK
    replay(posting, webhook, NOW, begin)
    posting.run(minutes=5)
    assert {sent(each)["meta"]["sequence"] for each in posting.posts} == {0, 1, 2, 3, 4}
    posting.run(minutes=5)
    others = [each.headers["webhook-id"] for each in posting.posts if sent(each)["meta"]["sequence"] != 4]
    assert others == [each.id for each in events if each.sequence != 4]


def test_a_restarted_endpoint_gets_all_of_a_replay(posting: Posting) -> None:
    events = ten_events(posting)
    webhook = posting.webhook("invoice.*")
    until = posting.office.now + 2 * HOUR
    posting.sender.answers = lambda post: OK if post.at >= until else BROKEN
    replay(posting, webhook, NOW, posting.office.now)
    posting.run(hours=4)
    taken = {each.headers["webhook-id"] for each in posting.posts if each.at >= until}
    assert taken == {each.id for each in events}


def test_only_what_matches_now_is_replayed_however_little_that_is(
    posting: Posting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_replaying, "MOST_EXAMINED", 3)
    ten_events(posting)
    paid = posting.event("invoice.paid")
    posting.office.now += timedelta(seconds=1)
    webhook = posting.webhook("invoice.paid")
    replay(posting, webhook, NOW, posting.office.now)
    posting.run(minutes=1)
    assert [each.headers["webhook-id"] for each in posting.posts] == [paid.id]


def test_it_ends_with_its_webhook(posting: Posting) -> None:
    ten_events(posting)
    webhook = posting.webhook("invoice.*")
    replay(posting, webhook, NOW, posting.office.now)
    posting.office.run_use_case(lambda uow: update_webhook(uow, webhook, {"status": "disabled"}, rules=RULES))
    posting.run(hours=1)
    assert posting.posts == []
    assert posting.store.all(WebhookReplay)[0].is_done
    with pytest.raises(Conflict) as refused:
        replay(posting, webhook, NOW, NOW + HOUR)
    assert refused.value.code == "WEBHOOK_DISABLED"


def test_a_replay_whose_message_was_lost_begins_with_the_next_look(posting: Posting) -> None:
    events = ten_events(posting)
    webhook = posting.webhook("invoice.*")
    posting.office.run_use_case(lambda uow: replay_webhook(uow, webhook, NOW, posting.office.now, posting.services.log))
    posting.run(minutes=11)
    assert len(posting.posts) == len(events)


def test_a_replay_that_looks_for_its_first_event_is_found_too(
    posting: Posting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_replaying, "MOST_EXAMINED", 3)
    ten_events(posting)
    paid = posting.event("invoice.paid")
    posting.office.now += timedelta(seconds=1)
    webhook = posting.webhook("invoice.paid")
    posting.office.run_use_case(lambda uow: replay_webhook(uow, webhook, NOW, posting.office.now, posting.services.log))
    posting.run(minutes=30)
    assert [each.headers["webhook-id"] for each in posting.posts] == [paid.id]
    assert posting.state(webhook).due_at is None


def test_nothing_to_replay_is_done_at_once(posting: Posting) -> None:
    made = replay(posting, posting.webhook(), NOW, NOW + HOUR)
    assert made.is_done


def test_a_period_at_the_end_of_time_has_nothing(posting: Posting) -> None:
    webhook = posting.webhook()
    posting.event()
    end = datetime.max.replace(tzinfo=UTC)
    assert replay(posting, webhook, end - 24 * HOUR, end).is_done
    with pytest.raises(ValidationFailed):
        replay(posting, webhook, end, end)


@pytest.mark.parametrize(("begins", "ends"), [(HOUR, HOUR), (HOUR, HOUR / 2), (0 * HOUR, 31 * 24 * HOUR + HOUR / 3600)])
def test_a_period_is_at_most_31_days(posting: Posting, begins: timedelta, ends: timedelta) -> None:
    webhook = posting.webhook()
    with pytest.raises(ValidationFailed) as refused:
        replay(posting, webhook, NOW + begins, NOW + ends)
    assert refused.value.details[0].code == "PERIOD_INVALID"
