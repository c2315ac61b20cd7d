"""Making portal links: for a customer as it is when the link is made, and mailed to its own address only."""

from dataclasses import replace
from datetime import timedelta

import pytest

from invoicing.domain.access.caller import hash_of
from invoicing.domain.deliveries.delivery import Delivery
from invoicing.domain.errors import Conflict, NotFound, ValidationFailed
from invoicing.domain.portal.portal_link import PortalLink, PortalToken
from invoicing.operations.customers.create_portal_link import NewPortalLink, create_portal_link
from tests.builders import NOW, a_customer, an_account
from tests.fakes import FakeStore
from tests.office import Office
from tests.sending import suppress

PORTALS = "https://api.example.com/v1/invoicing/c"


@pytest.fixture(autouse=True)
def customer(store: FakeStore) -> None:
    store.keep(an_account(), a_customer(cc_emails=("boss@initech.example",)))


def create(office: Office, *, days: int = 30, send_email: bool = False) -> NewPortalLink:
    return office.run_use_case(
        lambda uow: create_portal_link(uow, "cust_123", days=days, send_email=send_email, portal_url=PORTALS)
    )


def test_links_stand_beside_each_other_and_only_hashes_are_kept(office: Office, store: FakeStore) -> None:
    one, two = create(office, days=1), create(office, days=90)
    assert [each.expires_at for each in store.all(PortalLink)] == [NOW + timedelta(days=1), NOW + timedelta(days=90)]
    assert {each.id for each in store.all(PortalToken)} == {hash_of(one.token), hash_of(two.token)}
    assert one.token not in str(store.entities)


def test_the_email_goes_to_the_customer_alone_and_has_no_token_yet(office: Office, store: FakeStore) -> None:
    made = create(office, send_email=True)
    (delivery,) = store.all(Delivery)
    assert (delivery.to, delivery.cc, delivery.hosted_url) == (("ap@initech.example",), (), PORTALS)
    assert (delivery.document_kind, delivery.document_id) == ("portal_link", made.link.id)
    assert store.event_types() == ["customer.portal_link_sent"]
    assert len(store.all(PortalToken)) == 1


def test_a_customer_archived_in_between_gets_none(office: Office, store: FakeStore) -> None:
    for send_email in (False, True):
        store.keep(a_customer())
        store.before_next_commit(lambda: store.keep(a_customer(version=2, archived_at=NOW)))
        with pytest.raises(Conflict) as refused:
            create(office, send_email=send_email)
        assert (refused.value.code, store.all(PortalLink), store.all(Delivery)) == ("CUSTOMER_ARCHIVED", [], [])


def test_an_address_changed_in_between_is_the_one_that_gets_it(office: Office, store: FakeStore) -> None:
    changed = replace(a_customer(), version=2, email="new@initech.example")
    store.before_next_commit(lambda: store.keep(changed))
    create(office, send_email=True)
    assert [each.recipient for each in store.all(Delivery)] == ["new@initech.example"]


def test_without_an_address_that_takes_mail_nothing_is_made(office: Office, store: FakeStore) -> None:
    store.keep(a_customer(email=None))
    with pytest.raises(ValidationFailed) as refused:
        create(office, send_email=True)
    assert [(each.field, each.code) for each in refused.value.details] == [("send_email", "RECIPIENT_MISSING")]
    store.keep(a_customer())
    suppress(store, "ap@initech.example")
    with pytest.raises(ValidationFailed) as refused:
        create(office, send_email=True)
    assert [each.code for each in refused.value.details] == ["RECIPIENT_SUPPRESSED"]
    assert (store.all(PortalLink), store.commits) == ([], 0)


def test_nobody_has_no_portal(office: Office) -> None:
    with pytest.raises(NotFound):
        office.run_use_case(
            lambda uow: create_portal_link(uow, "cust_404", days=1, send_email=False, portal_url=PORTALS)
        )
