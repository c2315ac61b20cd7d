"""What every store does: the one in memory that use cases are tested with must not be kinder than DynamoDB."""

from datetime import timedelta
from typing import Any

import pytest

from invoicing.domain.access.key_roster import KeyRoster, UsableKey
from invoicing.domain.deliveries.delivery import Delivery
from invoicing.domain.errors import Conflict, InvoicingError
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.invoices.page_link import PageLink
from invoicing.domain.lists.list_counter import CountedState, ListCounter
from invoicing.domain.numbering.series import NumberReservation, NumberSeries
from invoicing.domain.parties.account import Account
from invoicing.domain.parties.customer import Customer
from invoicing.domain.webhooks.webhook import ROSTER, Webhook, WebhookRoster
from invoicing.operations.unit_of_work.change_set import (
    ChangeSet,
    IdempotencyRecord,
    IdempotentReplay,
    Ref,
    WriteConflict,
)
from invoicing.operations.unit_of_work.ports import Store
from tests.builders import NOW, a_customer, a_delivery, an_account, an_event, an_issued_invoice

DAY = timedelta(hours=24)


def saving(*entities: Any) -> ChangeSet:
    changes = ChangeSet()
    for entity in entities:
        changes.save(entity)
    return changes


def removing(entity: Any) -> ChangeSet:
    changes = ChangeSet()
    changes.remove(entity)
    return changes


def taken(existing: Customer) -> Conflict:
    return Conflict("TAKEN", f"{existing.id} is {existing.name}")


def an_idempotency_record(account: str, request_hash: str = "first", **overrides: Any) -> IdempotencyRecord:
    values: dict[str, Any] = {"key": "k", "answer": {"status": 201, "body": "ünï"}, "created_at": NOW} | overrides
    return IdempotencyRecord(account=account, request_hash=request_hash, **values)


def refs_of(conflict: pytest.ExceptionInfo[WriteConflict]) -> set[Ref[Any]]:
    return set(conflict.value.outdated)


def test_everything_is_read_as_it_was_written(store: Store, account: str) -> None:
    entities: list[Any] = [
        an_account(account=account),
        a_customer(account=account, cc_emails=("b@x.example",)),
        an_issued_invoice(account=account),
        a_delivery(account=account),
        NumberSeries(account=account, id="series_invoice", version=1, used=True, next_values={"2026": 8, "": 3}),
        NumberReservation(account=account, id="INV/2026 #7", taken_by="inv_1"),
        ListCounter(account=account, id="invoices", version=1, counts={"": 4, "status=sent": 3}),
        CountedState(
            account=account,
            id="inv_1",
            version=1,
            created_at=NOW,
            event_sequence=2,
            entities="customers",
            facts={"archived": "false"},
        ),
        KeyRoster(account=account, version=1, keys=(UsableKey(id="key_1", is_admin=True, expires_at=NOW),)),
        PageLink(id=f"token-{account}", account=account, invoice_id="inv_1"),
    ]
    store.commit(saving(*entities))
    for entity in entities:
        assert store.find(Ref(type(entity), account, entity.id)) == entity
    assert store.find(Ref(PageLink, "", f"token-{account}")) == entities[-1]
    assert store.find_together(*(Ref(type(entity), account, entity.id) for entity in entities)) == tuple(entities)


def test_what_is_not_there_is_none(store: Store, account: str) -> None:
    kinds = (Account, Customer, Invoice, Delivery, NumberSeries, NumberReservation, ListCounter, CountedState, PageLink)
    refs = [Ref(kind, account, "x") for kind in kinds]
    assert [store.find(ref) for ref in refs] == [None] * len(refs)
    assert store.find_together(*refs) == (None,) * len(refs)
    store.commit(saving(a_customer(account=account)))
    found = store.find_together(Ref(Invoice, account, "x"), Ref(Customer, account, "cust_123"))
    assert found == (None, a_customer(account=account))


def test_an_id_that_is_the_key_of_another_kind_is_read_beside_it(store: Store, account: str) -> None:
    roster = WebhookRoster(account=account, version=1)
    store.commit(saving(roster))
    found = store.find_together(Ref(Webhook, account, ROSTER), Ref(WebhookRoster, account, ROSTER))
    assert found == (None, roster)


def test_a_new_thing_is_written_only_once(store: Store, account: str) -> None:
    store.commit(saving(a_customer(account=account)))
    with pytest.raises(WriteConflict) as conflict:
        store.commit(saving(a_customer(account=account, name="Another")))
    assert refs_of(conflict) == {Ref(Customer, account, "cust_123")}
    assert store.find(Ref(Customer, account, "cust_123")) == a_customer(account=account)


@pytest.mark.parametrize("version", [2, 4, 5])
def test_a_change_is_written_only_over_the_version_before(store: Store, account: str, version: int) -> None:
    for made in (1, 2, 3):
        store.commit(saving(a_customer(account=account, version=made)))
    changed = a_customer(account=account, version=version, name="Renamed")
    if version == 4:
        store.commit(saving(changed))
        assert store.find(Ref(Customer, account, "cust_123")) == changed
    else:
        with pytest.raises(WriteConflict):
            store.commit(saving(changed))


def test_a_change_of_what_is_gone_is_not_written(store: Store, account: str) -> None:
    with pytest.raises(WriteConflict) as conflict:
        store.commit(saving(a_customer(account=account, version=2)))
    assert refs_of(conflict) == {Ref(Customer, account, "cust_123")}
    assert store.find(Ref(Customer, account, "cust_123")) is None


def test_what_is_required_must_still_have_its_version(store: Store, account: str) -> None:
    customer, gone = Ref(Customer, account, "cust_123"), Ref(Customer, account, "cust_404")
    store.commit(saving(a_customer(account=account)))
    for ref, version in ((customer, 2), (gone, 1)):
        changes = saving(a_delivery(account=account))
        changes.require(ref, version)
        with pytest.raises(WriteConflict) as conflict:
            store.commit(changes)
        assert refs_of(conflict) == {ref}
    assert store.find(Ref(Delivery, account, "dlv_1")) is None
    changes = saving(a_delivery(account=account))
    changes.require(customer, 1)
    store.commit(changes)
    assert store.find(Ref(Delivery, account, "dlv_1")) == a_delivery(account=account)


def test_what_is_removed_is_gone_and_may_come_again(store: Store, account: str) -> None:
    customer = Ref(Customer, account, "cust_123")
    store.commit(saving(a_customer(account=account), a_customer(account=account, id="cust_2")))
    store.commit(removing(a_customer(account=account)))
    assert store.find(customer) is None
    assert store.find(Ref(Customer, account, "cust_2")) is not None
    store.commit(saving(a_customer(account=account, name="Again")))
    assert store.find(customer) == a_customer(account=account, name="Again")


def test_only_the_version_that_was_read_is_removed(store: Store, account: str) -> None:
    store.commit(saving(a_customer(account=account)))
    store.commit(saving(a_customer(account=account, version=2)))
    gone = a_customer(account=account, id="cust_404")
    for outdated in (a_customer(account=account), gone):
        changes = removing(outdated)
        changes.save(a_delivery(account=account))
        changes.save(a_customer(account=account, id="cust_3"), on_conflict=taken)
        with pytest.raises(WriteConflict) as conflict:
            store.commit(changes, an_idempotency_record(account))
        assert refs_of(conflict) == {Ref(Customer, account, outdated.id)}
    assert store.find(Ref(Customer, account, "cust_123")) == a_customer(account=account, version=2)
    assert store.find(Ref(Delivery, account, "dlv_1")) is None
    assert store.find_idempotency_record(account, "k", NOW) is None


def test_next_to_a_removal_the_other_conditions_mean_what_they_mean(store: Store, account: str) -> None:
    reservation = NumberReservation(account=account, id="INV-1", taken_by="inv_1")
    store.commit(saving(a_customer(account=account, name="First"), reservation), an_idempotency_record(account))
    changes = removing(reservation)
    changes.require(Ref(NumberReservation, account, "INV-1x"), 1)
    changes.save(a_customer(account=account, name="Second"), on_conflict=taken)
    with pytest.raises(InvoicingError, match="cust_123 is First"):
        store.commit(changes)
    with pytest.raises(IdempotentReplay):
        store.commit(removing(reservation), an_idempotency_record(account, "second"))
    assert store.find(Ref(NumberReservation, account, "INV-1")) == reservation


def test_one_failed_condition_keeps_everything_from_being_written(store: Store, account: str) -> None:
    store.commit(saving(a_customer(account=account)))
    changes = saving(a_delivery(account=account), a_customer(account=account), an_issued_invoice(account=account))
    customer = a_customer(account=account, id="cust_2")
    changes.save(customer)
    changes.record(customer, lambda sequence: an_event("customer.created", customer, sequence=sequence))
    with pytest.raises(WriteConflict) as conflict:
        store.commit(changes, an_idempotency_record(account))
    assert refs_of(conflict) == {Ref(Customer, account, "cust_123")}
    assert store.find_together(Ref(Delivery, account, "dlv_1"), Ref(Invoice, account, "inv_1")) == (None, None)
    assert store.find_idempotency_record(account, "k", NOW) is None


def test_every_failed_condition_is_named(store: Store, account: str) -> None:
    store.commit(saving(a_customer(account=account), a_delivery(account=account)))
    changes = saving(a_delivery(account=account), an_issued_invoice(account=account))
    changes.require(Ref(Customer, account, "cust_123"), 9)
    with pytest.raises(WriteConflict) as conflict:
        store.commit(changes, an_idempotency_record(account))
    assert refs_of(conflict) == {Ref(Customer, account, "cust_123"), Ref(Delivery, account, "dlv_1")}


def test_a_change_may_carry_the_error_for_what_is_already_there(store: Store, account: str) -> None:
    store.commit(saving(a_customer(account=account, name="First")))
    changes = saving(a_delivery(account=account))
    changes.require(Ref(Customer, account, "cust_404"), 1)
    changes.save(a_customer(account=account, name="Second"), on_conflict=taken)
    with pytest.raises(InvoicingError, match="cust_123 is First"):
        store.commit(changes, an_idempotency_record(account))
    assert store.find(Ref(Delivery, account, "dlv_1")) is None


def test_a_mark_is_found_for_24_hours(store: Store, account: str) -> None:
    record = an_idempotency_record(account)
    store.commit(saving(a_customer(account=account)), record)
    assert store.find_idempotency_record(account, "k", NOW) == record
    assert store.find_idempotency_record(account, "k", NOW + DAY - timedelta(seconds=1)) == record
    assert store.find_idempotency_record(account, "k", NOW + DAY) is None
    assert store.find_idempotency_record(account, "other", NOW) is None
    assert store.find_idempotency_record(f"{account}#test", "k", NOW) is None


def test_many_marks_are_found_together_those_of_their_account_and_day(store: Store, account: str) -> None:
    keys = [f"k {number}" for number in range(120)]
    records = {key: an_idempotency_record(account, key=key) for key in (keys[0], keys[119])}
    for index, record in enumerate(records.values()):
        store.commit(saving(a_customer(account=account, id=f"cust_{index}")), record)
    store.commit(saving(a_customer(account=f"{account}#test")), an_idempotency_record(f"{account}#test", key=keys[5]))
    assert store.find_idempotency_records(account, [*keys, *keys], NOW) == records
    assert store.find_idempotency_records(account, keys, NOW + DAY) == {}
    assert store.find_idempotency_records(account, [], NOW) == {}


def test_a_used_key_has_no_second_effect_and_says_what_the_first_was(store: Store, account: str) -> None:
    first = an_idempotency_record(account)
    store.commit(saving(a_customer(account=account)), first)
    changes = saving(a_customer(account=account, id="cust_2"))
    changes.save(a_customer(account=account), on_conflict=taken)
    with pytest.raises(IdempotentReplay) as done:
        store.commit(changes, an_idempotency_record(account, "second", created_at=NOW + DAY - timedelta(seconds=1)))
    assert done.value.record == first
    assert store.find(Ref(Customer, account, "cust_2")) is None


def test_a_key_may_be_used_again_when_its_day_is_over(store: Store, account: str) -> None:
    store.commit(saving(a_customer(account=account)), an_idempotency_record(account))
    again = an_idempotency_record(account, "second", created_at=NOW + DAY)
    store.commit(saving(a_customer(account=account, id="cust_2")), again)
    assert store.find_idempotency_record(account, "k", NOW + DAY) == again


def test_no_key_of_live_mode_is_one_of_test_mode(store: Store, account: str) -> None:
    """The account of test mode ends in #test, and a key may have a # in it."""
    store.commit(saving(a_customer(account=account)), an_idempotency_record(f"{account}#test", key="k"))
    assert store.find_idempotency_record(account, "test#k", NOW) is None
    store.commit(saving(a_customer(account=account, id="cust_2")), an_idempotency_record(account, key="test#k"))


@pytest.mark.parametrize(
    "kind", [Invoice, Customer, Delivery, NumberReservation, NumberSeries, ListCounter, CountedState, PageLink]
)
def test_whatever_id_a_client_asks_for_there_is_nothing(store: Store, account: str, kind: type[Any]) -> None:
    store.commit(saving(NumberReservation(account=account, id="INV-1", taken_by="inv_1")))
    for identifier in ("", "x" * 3000, "ü" * 1500, "number#INV-1", "page#x", "\0", "../x", "😀"):
        assert store.find(Ref(kind, account, identifier)) is None
        assert store.find_together(Ref(kind, account, identifier), Ref(Account, account, "x")) == (None, None)


def test_slots_of_a_series_follow_one_another_and_begin_now_when_nobody_waits(store: Store, account: str) -> None:
    series = Ref(NumberSeries, account, "invoice")

    def slot(now: float, length: float = 0.04, of: Ref[NumberSeries] = series) -> float | None:
        return store.reserve_slot(of, now=now, latest=now + 20, length=length)

    assert [slot(1000.0, length) for length in (0.04, 0.08, 0.04)] == [1000.0, 1000.04, 1000.12]
    assert slot(1000.0, of=Ref(NumberSeries, account, "credit_note")) == 1000.0
    assert slot(1000.1) == 1000.16
    assert slot(2000.0) == 2000.0
    assert store.find(series) is None, "the line is not the series"


def test_a_slot_that_would_begin_too_late_stays_free(store: Store, account: str) -> None:
    series = Ref(NumberSeries, account, "invoice")
    taken = [store.reserve_slot(series, now=1000.0, latest=1000.1, length=0.06) for _ in range(4)]
    assert taken == [1000.0, pytest.approx(1000.06), None, None]
    assert store.reserve_slot(series, now=1000.0, latest=1001.0, length=0.06) == pytest.approx(1000.12)
