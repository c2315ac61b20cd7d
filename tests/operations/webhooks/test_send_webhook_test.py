"""Test events."""

from datetime import timedelta

import pytest

from invoicing.domain.errors import Conflict
from invoicing.operations.webhooks.replay_webhook import replay_webhook
from invoicing.operations.webhooks.send_webhook_test import send_webhook_test
from invoicing.operations.webhooks.update_webhook import update_webhook
from tests.fakes import FakeStore
from tests.operations.webhooks.posting import RULES, Posting, sent


def test_they_are_numbered_and_go_to_their_webhook_alone(posting: Posting) -> None:
    webhook = posting.webhook("payment.*")
    posting.webhook("*", "webhook.*", "webhook.test")
    for _ in range(2):
        posting.office.run_use_case(lambda uow: send_webhook_test(uow, webhook))
    posting.publish_all()
    posting.run(seconds=1)
    assert [sent(each)["meta"]["sequence"] for each in posting.posts] == [1, 2]
    assert [sent(each)["data"]["id"] for each in posting.posts] == [webhook] * 2


def test_a_replay_leaves_out_tests_of_others(posting: Posting) -> None:
    posting.office.account = "acc_1#test"
    webhook, other = posting.webhook(), posting.webhook()
    for each in (webhook, other):
        posting.office.run_use_case(lambda uow, each=each: send_webhook_test(uow, each))  # type: ignore[misc]
    posting.office.now += timedelta(seconds=1)
    begins, ends = posting.office.now - timedelta(hours=1), posting.office.now
    posting.office.run_use_case(lambda uow: replay_webhook(uow, webhook, begins, ends, posting.services.log))
    posting.run(minutes=11)
    assert [sent(each)["data"]["id"] for each in posting.posts] == [webhook]


def test_a_disabled_one_gets_none(posting: Posting, store: FakeStore) -> None:
    webhook = posting.webhook()
    posting.office.run_use_case(lambda uow: update_webhook(uow, webhook, {"status": "disabled"}, rules=RULES))
    with pytest.raises(Conflict):
        posting.office.run_use_case(lambda uow: send_webhook_test(uow, webhook))
