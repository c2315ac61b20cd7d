"""Retries by hand."""

import pytest

from invoicing.domain.errors import Conflict, NotFound
from invoicing.domain.webhooks.delivery import WebhookDelivery
from invoicing.operations.webhooks._delivering import order_of
from invoicing.operations.webhooks.retry_webhook_delivery import retry_webhook_delivery
from invoicing.operations.webhooks.update_webhook import update_webhook
from tests.fake_webhooks import BROKEN, OK
from tests.operations.webhooks.posting import RULES, Posting


def retry(posting: Posting, webhook: str, delivery: str) -> WebhookDelivery:
    made = posting.office.run_use_case(lambda uow: retry_webhook_delivery(uow, webhook, delivery))
    posting.queue.send([order_of(made, posting.office.now)])
    return made


def test_what_was_taken_is_sent_again_as_another_delivery(posting: Posting) -> None:
    webhook = posting.webhook()
    posting.event()
    posting.run(seconds=1)
    (first,) = posting.deliveries()
    again = retry(posting, webhook, first.id)
    assert again.id != first.id
    posting.run(seconds=1)
    assert len({each.body for each in posting.posts}) == 1
    assert len({each.headers["webhook-id"] for each in posting.posts}) == 1
    assert [each.status for each in posting.deliveries()] == ["succeeded"] * 2


@pytest.mark.parametrize("minutes", [1, 30])
def test_what_waits_is_tried_now(posting: Posting, minutes: int) -> None:
    webhook = posting.webhook()
    posting.sender.answers = lambda _: BROKEN
    posting.event()
    posting.run(minutes=minutes)
    posting.sender.answers = lambda _: OK
    (delivery,) = posting.deliveries()
    assert retry(posting, webhook, delivery.id).id == delivery.id
    posting.run(seconds=1)
    (done,) = posting.deliveries()
    assert done.status == "succeeded"
    count = len(posting.posts)
    posting.run(hours=3)
    assert len(posting.posts) == count


def test_an_order_that_was_lost_is_found_by_the_next_look(posting: Posting) -> None:
    webhook = posting.webhook()
    posting.event()
    posting.run(seconds=1)
    (first,) = posting.deliveries()
    posting.office.run_use_case(lambda uow: retry_webhook_delivery(uow, webhook, first.id))
    posting.run(minutes=11)
    assert len(posting.posts) == 2


def test_what_cannot_be_retried(posting: Posting) -> None:
    webhook, other = posting.webhook(), posting.webhook()
    posting.event()
    posting.run(seconds=1)
    (mine,) = posting.deliveries(webhook)
    for owner, delivery in ((other, mine.id), (webhook, "dlv_9")):
        with pytest.raises(NotFound) as missing:
            retry(posting, owner, delivery)
        assert missing.value.code == "WEBHOOK_DELIVERY_NOT_FOUND"
    posting.office.run_use_case(lambda uow: update_webhook(uow, webhook, {"status": "disabled"}, rules=RULES))
    with pytest.raises(Conflict):
        retry(posting, webhook, mine.id)
