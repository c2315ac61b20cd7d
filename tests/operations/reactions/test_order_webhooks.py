"""Which events are ordered for which webhooks, and how often."""

import pytest

from invoicing.domain.webhooks.delivery import LONGEST_BODY, WebhookDelivery
from invoicing.identifiers import time_of
from tests.fakes import Crash
from tests.operations.webhooks.conftest import posting as posting  # noqa: PLC0414 - a fixture
from tests.operations.webhooks.posting import Posting


def test_a_delivery_has_the_same_id_whoever_makes_it_and_sorts_by_its_event(posting: Posting) -> None:
    posting.webhook()
    event = posting.event()
    (delivery,) = posting.deliveries()
    assert time_of(delivery.id) == time_of(event.id)
    before = dict(posting.store.entities)
    posting.publish(event, event)
    assert posting.store.entities == before


def test_what_was_stored_and_not_queued_is_queued_when_the_event_comes_again(
    posting: Posting, monkeypatch: pytest.MonkeyPatch
) -> None:
    posting.webhook()
    with monkeypatch.context() as dying:

        def die(*_: object) -> None:
            raise Crash

        dying.setattr(posting.queue, "send", die)
        with pytest.raises(Crash):
            posting.event()
    posting.publish_all()
    posting.run(seconds=1)
    assert len(posting.posts) == 1


def test_two_who_order_the_same_event_make_one_delivery(posting: Posting) -> None:
    posting.webhook()
    event = posting.event()
    del posting.store.entities[WebhookDelivery, posting.office.account, posting.deliveries()[0].id]
    posting.queue.waiting.clear()
    posting.store.before_next_commit(lambda: posting.publish(event))
    posting.publish(event)
    posting.run(seconds=1)
    assert len(posting.deliveries()) == len(posting.posts) == 1


def test_a_body_has_less_than_20_000_bytes(posting: Posting) -> None:
    """The longest summary: an import of names, or an event of many deliveries."""
    posting.webhook()
    posting.event("invoice.sent", delivery_ids=["dlv_" + "0" * 32] * 60, invoice_number="N" * 100)
    posting.run(seconds=1)
    assert len(posting.posts[0].body) < LONGEST_BODY
