"""Drafts that many change, delete, send and void at once, on Amazon's own DynamoDB Local."""

import pytest

from invoicing.domain.deliveries.delivery import Delivery, DeliveryStatus
from invoicing.domain.errors import Conflict, NotFound, PreconditionFailed
from invoicing.domain.invoices.invoice import Invoice, Status
from invoicing.operations.invoices.delete_invoice import delete_invoice
from invoicing.operations.invoices.update_invoice import update_invoice
from invoicing.operations.invoices.void_invoice import VoidedInvoice, void_invoice
from invoicing.operations.reactions.deliver_email import DeliveryInProgress, EmailServices
from invoicing.operations.unit_of_work.change_set import ChangeSet, Ref
from invoicing.operations.unit_of_work.unit_of_work import run_use_case
from invoicing.storage.dynamodb.database import Database
from tests.builders import a_new_invoice
from tests.fakes import FakeMailer
from tests.sending import an_order, deliver_one, email_services
from tests.storage.conftest import ON_DYNAMODB_LOCAL
from tests.storage.reading import events_of, keys_of_invoices
from tests.storage.site import Site, at_once

pytestmark = [ON_DYNAMODB_LOCAL, pytest.mark.usefixtures("patient")]


def test_of_10_editors_with_the_same_version_one_wins(site: Site, local_tables: Database) -> None:
    draft = site.create(a_new_invoice())

    def edit(index: int) -> Invoice:
        changes = {"notes": f"editor {index}"}
        return run_use_case(site.uow, lambda uow: update_invoice(uow, draft.id, changes, if_version=1))

    outcomes = at_once(10, edit)
    (winner,) = (outcome for outcome in outcomes if isinstance(outcome, Invoice))
    assert sum(isinstance(outcome, PreconditionFailed) for outcome in outcomes) == 9
    assert site.store.find(Ref(Invoice, site.account, draft.id)) == winner
    assert [event.type for event in events_of(local_tables, site.account)].count("invoice.updated") == 1


def test_10_changes_at_once_are_all_kept(site: Site) -> None:
    draft = site.create(a_new_invoice())
    at_once(10, lambda index: run_use_case(site.uow, lambda uow: update_invoice(uow, draft.id, _one_field(index))))
    stored = site.store.find(Ref(Invoice, site.account, draft.id))
    assert stored is not None
    assert (stored.version, stored.revision) == (11, 11)
    assert all(getattr(stored, name) == value for index in range(10) for name, value in _one_field(index).items())


def _one_field(index: int) -> dict[str, object]:
    fields: dict[str, object] = {
        "notes": "Thanks",
        "purchase_order": "PO-7",
        "email_subject": "Hello",
        "email_message": "Please pay",
        "number": "OWN-1",
        "locale": "de",
        "payment_terms": "Net 9",
        "currency": "EUR",
        "metadata": {"a": "b"},
        "prices_include_tax": True,
    }
    name = sorted(fields)[index]
    return {name: fields[name]}


def test_one_number_that_10_drafts_ask_for_goes_to_one_and_frees_its_old_one(
    site: Site, local_tables: Database
) -> None:
    drafts = [site.create(a_new_invoice(number=f"OLD-{index}")) for index in range(10)]
    outcomes = at_once(
        10,
        lambda index: run_use_case(site.uow, lambda uow: update_invoice(uow, drafts[index].id, {"number": "NEW"})),
    )
    (winner,) = (index for index, outcome in enumerate(outcomes) if isinstance(outcome, Invoice))
    assert sum(isinstance(outcome, Conflict) for outcome in outcomes) == 9
    numbers = {key for key in keys_of_invoices(local_tables, site.account) if key.startswith("number#")}
    assert numbers == {"number#NEW", *(f"number#OLD-{index}" for index in range(10) if index != winner)}


def test_a_draft_deleted_changed_and_sent_at_once_is_gone_or_sent_and_nothing_in_between(
    site: Site, local_tables: Database
) -> None:
    for attempt in range(5):
        draft = site.create(a_new_invoice(number=f"OWN-{attempt}"))

        def act(index: int, invoice_id: str = draft.id) -> object:
            if index == 0:
                return site.send(invoice_id)
            if index == 1:
                return run_use_case(site.uow, lambda uow: delete_invoice(uow, invoice_id))
            return run_use_case(site.uow, lambda uow: update_invoice(uow, invoice_id, {"number": invoice_id}))

        sent, deleted, _ = at_once(3, act)
        keys = keys_of_invoices(local_tables, site.account)
        stored = site.store.find(Ref(Invoice, site.account, draft.id))
        if stored is None:
            assert deleted is None
            assert isinstance(sent, NotFound)
            assert not {f"number#OWN-{attempt}", f"number#{draft.id}"} & set(keys)
        else:
            assert isinstance(deleted, Conflict)
            assert stored.status is Status.SENT
            assert f"number#{stored.number}" in keys


def test_an_invoice_voided_by_10_at_once_is_cancelled_once(site: Site, local_tables: Database) -> None:
    sent = site.send(site.create(a_new_invoice()).id)
    outcomes = at_once(10, lambda _: run_use_case(site.uow, lambda uow: void_invoice(uow, sent.id, None)))
    assert sum(isinstance(outcome, VoidedInvoice) for outcome in outcomes) == 1
    assert sum(isinstance(outcome, Conflict) for outcome in outcomes) == 9
    types = [event.type for event in events_of(local_tables, site.account)]
    assert (types.count("invoice.cancelled"), types.count("credit_note.created")) == (1, 1)


def test_an_email_is_never_begun_after_its_invoice_was_voided(site: Site, local_tables: Database) -> None:
    for _ in range(10):
        sent = site.send(site.create(a_new_invoice()).id)
        delivery_id = events_of(local_tables, site.account)[-1].data["delivery_ids"][0]
        mailer = FakeMailer()
        services = email_services(mailer)

        def act(
            index: int, invoice_id: str = sent.id, delivery_id: str = delivery_id, services: EmailServices = services
        ) -> object:
            if index:
                return run_use_case(site.uow, lambda uow: void_invoice(uow, invoice_id, None))
            return deliver_one(site.uow(ChangeSet()), services, an_order(delivery_id, document_id=invoice_id))

        delivered, voided = at_once(2, act)
        assert isinstance(voided, VoidedInvoice)
        delivery = site.store.find(Ref(Delivery, site.account, delivery_id))
        assert delivery is not None
        assert not isinstance(delivered, DeliveryInProgress)
        assert (delivery.status, len(mailer.taken)) in {(DeliveryStatus.SENT, 1), (DeliveryStatus.SKIPPED, 0)}
