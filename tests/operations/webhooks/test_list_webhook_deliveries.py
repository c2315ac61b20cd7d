"""The list of deliveries."""

import pytest

from invoicing.domain.errors import NotFound
from invoicing.operations.lists.query import ListQuery
from invoicing.operations.webhooks.list_webhook_deliveries import list_webhook_deliveries
from tests.operations.webhooks.posting import Posting


def test_those_of_one_webhook(posting: Posting) -> None:
    webhook, _ = posting.webhook(), posting.webhook()
    posting.event()
    listed = posting.office.run_use_case(lambda uow: list_webhook_deliveries(uow, webhook, ListQuery()))
    assert [each.webhook_id for each in listed.items] == [webhook]
    with pytest.raises(NotFound):
        posting.office.run_use_case(lambda uow: list_webhook_deliveries(uow, "webhook_9", ListQuery()))
