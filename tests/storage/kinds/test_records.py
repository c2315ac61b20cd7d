"""What is stored comes back as it was: every field, every type, to the digit."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from importlib import import_module
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from invoicing.domain.events.event import Event
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.invoices.line import Line
from invoicing.domain.money.discounts import Discount
from invoicing.domain.numbering.series import NumberReservation, NumberSeries
from invoicing.domain.sealing import content_hash
from invoicing.identifiers import first_id
from invoicing.operations.unit_of_work.change_set import ChangeSet, IdempotencyRecord, Ref
from invoicing.storage.dynamodb import item_codec
from invoicing.storage.dynamodb.database import Database
from invoicing.storage.dynamodb.record import item_of
from invoicing.storage.kinds import FILES, record_of
from invoicing.storage.kinds.events import EventRecord
from invoicing.storage.kinds.idempotency_records import IdempotencyItem
from invoicing.storage.kinds.payments import payment_values
from invoicing.storage.store import DynamoStore
from invoicing.storage.stream import events_of
from tests.builders import (
    NOW,
    a_credit_note,
    a_customer,
    a_line,
    a_new_invoice,
    a_payment,
    an_event,
    an_invoice,
    an_issued_invoice,
)
from tests.examples import examples
from tests.storage.conftest import EVENTS_KEPT
from tests.storage.values import TEXTS, any_of

FIXED: dict[str, dict[str, Any]] = {
    "Invoice": {"currency": "KWD", "total": 1},
    "Account": {"id": "profile"},
    "Credit": {"account": "acc_1", "customer_id": "cust_1", "currency": "KWD"},
    "Delivery": {"id": "dlv_0195512345007a3b8c1d2e3f40516273"},
    "FailureStreak": {"failed": ("dlv_0195512345007a3b8c1d2e3f40516273",), "delivered": ""},
    "File": {"id": "file_0195512345007a3b8c1d2e3f40516273"},
    "LedgerEntry": {"id": "ent_0195512345007a3b8c1d2e3f40516273"},
    "ReminderMail": {"id": "rem_0195512345007a3b8c1d2e3f40516273"},
    "NoticeMail": {"id": "ntc_0195512345007a3b8c1d2e3f40516273"},
    "StatementMail": {"id": "stmt_0195512345007a3b8c1d2e3f40516273"},
    "WebhookDelivery": {"id": "whd_0195512345007a3b8c1d2e3f40516273"},
    "WebhookReplay": {"id": "rpl_0195512345007a3b8c1d2e3f40516273"},
    "ApiKey": {"scopes": ("a:read", "b:write"), "expires_at": NOW},
    "NumberReservation": {"series": "series_1", "period": "2026-11", "value": 7},
    "PageLink": {"version": 1},
    "CountedState": {"is_entered": False},  # entered ones have the facts of an invoice
}
KINDS = [
    getattr(import_module(path.rpartition(".")[0]), path.rpartition(".")[2])
    for path, file in FILES.items()
    if file not in {"events", "idempotency_records"}  # which have tests of their own
]
ENTITIES = {
    kind: any_of(kind, **{name: st.just(value) for name, value in FIXED.get(kind.__name__, {}).items()})
    for kind in KINDS
}


def stored(entity: Any) -> Any:
    """Written as an item, and read from it."""
    item = record_of(type(entity)).of(entity)
    return record_of(type(entity)).entity_of(item)


def written(numbers: Any) -> list[str]:
    """Numbers as they are written: 0.1 is not 0.10."""
    return [str(number) for number in numbers]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
@settings(max_examples=examples(40))
@given(data=st.data())
def test_everything_comes_back_as_it_was(kind: type[Any], data: st.DataObject) -> None:
    entity = data.draw(ENTITIES[kind])
    assert stored(entity) == entity


@given(st.lists(any_of(Line), min_size=1, max_size=3))
def test_rates_and_quantities_keep_every_digit(lines: list[Line]) -> None:
    invoice = an_invoice(lines=tuple(lines))
    assert written(line.quantity for line in stored(invoice).lines) == written(line.quantity for line in lines)
    assert written(line.unit_price for line in stored(invoice).lines) == written(line.unit_price for line in lines)
    assert written(line.tax_rate for line in stored(invoice).lines) == written(line.tax_rate for line in lines)


def test_no_number_comes_back_as_a_binary_float() -> None:
    def floats(value: Any) -> list[Any]:
        if isinstance(value, Mapping):
            value = list(value.values())
        return [found for part in value for found in floats(part)] if isinstance(value, list) else (
            [value] if isinstance(value, float) else []
        )  # fmt: skip

    packed = item_codec.pack(an_issued_invoice(a_new_invoice(a_line("0.1", "0.000001", "0.0825"))))
    assert floats(item_codec.unpack(packed)) == []


def test_what_few_payments_have_takes_no_room_in_others() -> None:
    """Nor does one without it, which was stored before, lack anything."""
    payment = a_payment()
    assert {"template", "used_lots"}.isdisjoint(payment_values(payment))
    assert stored(payment) == payment


EVENT_ID = "evt_0195512345007a3b8c1d2e3f40516273"
json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | TEXTS,
    lambda inner: st.dictionaries(TEXTS, inner, max_size=3),
)


@given(
    any_of(
        Event,
        id=st.just(EVENT_ID),
        data=st.dictionaries(TEXTS, json_values | st.decimals(-(10**9), 10**9, places=3), max_size=4),
    )
)
def test_an_event_comes_back_as_it_was(event: Event) -> None:
    item = EventRecord.of(event, EVENTS_KEPT)
    assert EventRecord.entity_of(item) == event


@given(
    any_of(
        IdempotencyRecord,
        account=st.just("acc_1#test"),
        key=st.just("k-1"),
        answer=st.dictionaries(TEXTS, json_values, max_size=4),
    )
)
def test_an_idempotency_record_comes_back_as_it_was_to_the_second(record: IdempotencyRecord) -> None:
    item = IdempotencyItem.of(record)
    found = IdempotencyItem.entity_of(item)
    assert (found.request_hash, found.answer, found.account, found.key) == (
        record.request_hash, record.answer, record.account, record.key,
    )  # fmt: skip
    assert found.created_at == record.created_at.replace(microsecond=0)
    assert found.created_at.tzinfo is UTC


def test_money_in_events_keeps_its_decimals() -> None:
    event = an_event("invoice.sent", an_issued_invoice(), id="evt_1")
    item = EventRecord.of(event, EVENTS_KEPT)
    assert str(EventRecord.entity_of(item).data["total"]) == "1836.00"


def test_the_stream_gives_new_events_only_and_in_order() -> None:
    """An expired event appears in the stream too, but is not published."""
    events = [an_event("invoice.sent", an_issued_invoice(), id=f"evt_{number}") for number in range(3)]
    inserts = [
        {"eventName": "INSERT", "dynamodb": {"NewImage": EventRecord.of(event, EVENTS_KEPT)}} for event in events
    ]
    assert events_of({"Records": [inserts[0], {"eventName": "REMOVE", "dynamodb": {}}, *inserts[1:]]}) == events


def test_an_invoice_of_500_lines_is_stored(database: Database, account: str) -> None:
    lines = [
        a_line("0.000001", f"{number}.123456", "0.0825", description="Beratung über Zölle " * 20)
        for number in range(500)
    ]
    invoice = an_issued_invoice(a_new_invoice(*lines), account=account)
    store, changes = DynamoStore(database, EVENTS_KEPT), ChangeSet()
    changes.save(invoice)
    store.commit(changes)
    assert store.find(Ref(Invoice, account, "inv_1")) == invoice


@pytest.mark.parametrize("occurred", [datetime(2020, 1, 1, tzinfo=UTC), datetime(2040, 1, 1, tzinfo=UTC)])
def test_an_event_is_kept_by_the_time_of_its_id_whatever_a_test_clock_shows(occurred: datetime) -> None:
    recorded = first_id("evt", datetime(2026, 1, 31, 12, tzinfo=UTC))
    item = EventRecord.of(an_event("customer.created", a_customer(), id=recorded, occurred_at=occurred), 13)
    assert item["expires_at"] == {"N": str(int(datetime(2027, 2, 28, 12, tzinfo=UTC).timestamp()))}


def test_an_event_of_an_invoice_has_no_end() -> None:
    assert "expires_at" not in EventRecord.of(an_event("invoice.sent", an_issued_invoice()), EVENTS_KEPT)


def test_what_expires_is_kept_as_long_as_promised() -> None:
    record = IdempotencyRecord(account="acc_1", key="k", request_hash="h", answer={}, created_at=NOW)
    assert IdempotencyItem.of(record)["expires_at"] == {"N": str(int((NOW + timedelta(hours=24)).timestamp()))}


def test_a_tax_rate_of_zero_is_not_no_tax_rate() -> None:
    assert stored(an_invoice(tax_rate=Decimal(0))).tax_rate == Decimal(0)
    assert stored(an_invoice(tax_rate=None)).tax_rate is None


def test_what_is_stored_has_the_hash_that_was_stored_with_it() -> None:
    invoice = an_issued_invoice(
        a_new_invoice(a_line("1.50", "9.990", "0.190"), discount=Discount(type="fixed", value=Decimal("0.10")))
    )
    for document in (invoice, a_credit_note(invoice)):
        assert content_hash(stored(document)) == document.content_hash


@pytest.mark.parametrize("own", [True, False])
def test_a_number_keeps_its_place(*, own: bool) -> None:
    place: dict[str, Any] = (
        {} if own else {"series": "series_1", "period": "", "value": 10**9, "issue_date": NOW.date()}
    )
    reservation = NumberReservation(account="acc_1", id="INV/2026 #7", taken_by="inv_1", **place)
    assert stored(reservation) == reservation


def test_an_item_has_what_its_record_needs_and_nothing_else() -> None:
    needed = {"pk": "acc_1", "sk": "series#x", "version": 1, "next_values": "{}"}
    with pytest.raises(ValueError, match=r"NumberSeriesRecord needs \['next_values'\]"):
        item_of(record_of(NumberSeries), **needed | {"next_values": None})
    with pytest.raises(KeyError, match="previous"):
        item_of(record_of(NumberSeries), **needed, previous="{}")


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
@settings(max_examples=examples(40))
@given(data=st.data())
def test_an_item_is_what_pynamodb_makes_of_it(kind: type, data: st.DataObject) -> None:
    record = record_of(kind)
    item = record.of(data.draw(ENTITIES[kind]))
    assert record.from_raw_data(item).get_save_kwargs_from_instance()["Item"] == item
