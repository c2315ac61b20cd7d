"""Rotation of secrets."""

from datetime import timedelta

from invoicing.operations.webhooks.create_webhook import WithSecret
from invoicing.operations.webhooks.rotate_webhook_secret import rotate_webhook_secret
from tests.builders import NOW
from tests.fake_webhooks import FakeBox
from tests.fakes import FakeStore
from tests.operations.webhooks.posting import Posting


def rotate(posting: Posting, webhook: str, **overlap: float) -> WithSecret:
    return posting.office.run_use_case(
        lambda uow: rotate_webhook_secret(uow, webhook, None, timedelta(**overlap), box=FakeBox())
    )


def test_a_third_secret_ends_at_once(posting: Posting, store: FakeStore) -> None:
    webhook = posting.webhook(secret="first-secret-0123456789")
    second = rotate(posting, webhook, days=7)
    third = rotate(posting, webhook, hours=1)
    opened = [FakeBox().open(each, posting.office.account) for each in third.webhook.secrets_at(NOW)]
    assert opened == [third.secret, second.secret]
    assert third.webhook.secrets_at(NOW + timedelta(hours=1)) == (third.webhook.secret,)
    assert store.event_types() == ["webhook.secret_rotated"] * 2


def test_without_an_overlap_the_old_one_ends_at_once(posting: Posting) -> None:
    rotated = rotate(posting, posting.webhook(), hours=0)
    assert rotated.webhook.secrets_at(NOW) == (rotated.webhook.secret,)
