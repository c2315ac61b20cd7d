"""Creation of webhooks."""

from datetime import timedelta

import pytest

from invoicing.domain.errors import Conflict, ValidationFailed
from invoicing.domain.webhooks.webhook import MOST_WEBHOOKS, Webhook
from invoicing.operations.webhooks._ports import UrlRules
from invoicing.operations.webhooks.create_webhook import WithSecret, create_webhook
from tests.fake_webhooks import FakeBox
from tests.fakes import FakeStore
from tests.office import Office

PUBLIC = UrlRules(resolve=lambda *_: ["93.184.216.34"])


def create(office: Office, url: str = "https://example.com/", *events: str, rules: UrlRules = PUBLIC) -> WithSecret:
    return office.run_use_case(lambda uow: create_webhook(uow, url, events or ("*",), None, rules=rules, box=FakeBox()))


def test_what_is_stored_is_encrypted_for_its_account(office: Office, store: FakeStore) -> None:
    made = create(office)
    (webhook,) = store.all(Webhook)
    assert made.secret not in webhook.secret
    assert FakeBox().open(webhook.secret, office.account) == made.secret
    assert webhook.secrets_at(office.now + timedelta(days=1)) == (webhook.secret,)


def test_two_at_the_same_moment_are_no_more_than_the_most(office: Office, store: FakeStore) -> None:
    for _ in range(MOST_WEBHOOKS - 1):
        create(office)
    store.before_next_commit(lambda: create(Office(store, ids=office.ids)))
    with pytest.raises(Conflict):
        create(office)
    assert len(store.all(Webhook)) == MOST_WEBHOOKS


def test_a_name_that_leads_to_a_private_address_is_refused(office: Office, store: FakeStore) -> None:
    private = UrlRules(resolve=lambda *_: ["10.0.0.1"])
    with pytest.raises(ValidationFailed) as refused:
        create(office, rules=private)
    assert refused.value.details[0].code == "URL_NOT_PUBLIC"
    with pytest.raises(ValidationFailed):
        create(office, "http://localhost/")
    create(office, "http://localhost/", rules=UrlRules(resolve=lambda *_: [], allow_localhost=True))
    assert len(store.all(Webhook)) == 1


def test_every_unknown_pattern_is_named(office: Office) -> None:
    with pytest.raises(ValidationFailed) as refused:
        create(office, "https://example.com/", "invoice.*", "x", "invoice.")
    assert [each.field for each in refused.value.details] == ["events[1]", "events[2]"]
