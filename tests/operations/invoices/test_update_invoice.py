"""Changing a draft."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from invoicing.domain.errors import Conflict, InvoicingError, NotFound, PreconditionFailed, ValidationFailed
from invoicing.domain.invoices.invoice import Invoice, Status
from invoicing.domain.money.discounts import Discount
from invoicing.domain.numbering.series import NumberReservation
from invoicing.operations.invoices.create_invoice import create_invoice
from invoicing.operations.invoices.send_invoice import send_invoice
from invoicing.operations.invoices.update_invoice import update_invoice
from tests.builders import NOW, PAGE_URL, a_customer, a_line, a_new_invoice, an_account, an_invoice, an_issued_invoice
from tests.fakes import FakeStore
from tests.office import Office


def update(office: Office, changes: dict[str, Any], invoice_id: str = "inv_1", version: int | None = None) -> Invoice:
    return office.run_use_case(lambda uow: update_invoice(uow, invoice_id, changes, if_version=version))


def create(office: Office, **fields: Any) -> Invoice:
    new = a_new_invoice(**fields)
    return office.run_use_case(lambda uow: create_invoice(uow, new, send_email=False, page_url=PAGE_URL))


def changed(store: FakeStore) -> list[Any]:
    events = (store.events[key] for key in sorted(store.events))
    return [event.data["changed"] for event in events if event.type == "invoice.updated"]


def test_a_change_is_stored_with_the_event_that_names_it(office: Office, store: FakeStore) -> None:
    store.keep(an_invoice())
    office.now = NOW + timedelta(days=3)
    invoice = update(office, {"notes": "Thanks", "discount": Discount(type="fixed", value=Decimal(100))})
    assert (invoice.notes, invoice.total, invoice.version, invoice.revision) == ("Thanks", 172800, 2, 2)
    assert (invoice.issue_date, invoice.created_at, invoice.updated_at) == (date(2026, 11, 25), NOW, office.now)
    (stored,) = store.all(Invoice)
    assert replace(stored, issue_date=invoice.issue_date, due_date=invoice.due_date) == invoice
    assert changed(store) == [["discount", "notes"]]
    assert (store.reads, store.commits) == (2, 1), "the draft, then its customer"


def test_the_amounts_are_those_of_the_invoice_created_so(office: Office, store: FakeStore) -> None:
    lines = (a_line("3", "33.333333", "0.19"), a_line("1", "-5", None))
    discount = Discount(type="percentage", value=Decimal("12.5"))
    changes = {"lines": lines, "tax_rate": Decimal("0.07"), "discount": discount, "prices_include_tax": True}
    fields = {**changes}
    created = create(office, **fields)
    draft = create(office)
    updated = update(office, changes, draft.id)
    for name in ("subtotal", "discount_amount", "tax", "total", "tax_breakdown", "discount", "tax_rate", "defaulted"):
        assert getattr(updated, name) == getattr(created, name)
    assert [line.total for line in updated.lines] == [line.total for line in created.lines]
    assert updated.id == draft.id


def test_items_are_replaced_as_a_whole_and_lines_that_stay_keep_their_identifiers(
    office: Office, store: FakeStore
) -> None:
    draft = create(office)
    kept = update(office, {"notes": "x"}, draft.id)
    assert [line.id for line in kept.lines] == [line.id for line in draft.lines]
    replaced = update(office, {"lines": (a_line("1", "5"),)}, draft.id)
    assert [line.total for line in replaced.lines] == [500]
    assert replaced.lines[0].id not in {line.id for line in draft.lines}
    assert changed(store) == [["notes"], ["items"]]


@pytest.mark.parametrize("changes", [{}, {"notes": None}, {"lines": a_new_invoice().lines}, {"metadata": {}}])
def test_what_changes_nothing_writes_nothing(office: Office, store: FakeStore, changes: dict[str, Any]) -> None:
    draft = an_invoice()
    store.keep(draft)
    assert update(office, changes) == draft
    assert (store.commits, store.event_types()) == (0, [])


def test_lines_without_a_rate_of_their_own_follow_the_invoices(office: Office) -> None:
    draft = create(office, lines=[a_line("1", "100"), a_line("1", "100", "0")])
    taxed = update(office, {"tax_rate": Decimal("0.2")}, draft.id)
    assert [line.tax for line in taxed.lines] == [2000, 0]
    assert update(office, {"tax_rate": None}, draft.id).tax == 0


def test_what_was_given_can_be_taken_away(office: Office) -> None:
    given = {
        "notes": "n", "purchase_order": "PO", "email_subject": "s", "email_message": "m", "tax_rate": Decimal("0.1"),
        "discount": Discount(type="fixed", value=Decimal(1)), "currency": "CHF", "locale": "de", "metadata": {"a": "b"},
        "payment_terms": "Net 7", "issue_date": date(2026, 1, 1), "due_date": date(2026, 2, 1), "number": "OWN-1",
    }  # fmt: skip
    plain = create(office)
    draft = create(office, **given)
    cleared = update(office, dict.fromkeys(given) | {"metadata": {}}, draft.id)
    for name in (*given, "defaulted", "total"):
        assert getattr(cleared, name) == getattr(plain, name), name


def test_the_due_date_follows_issue_date_and_terms_until_it_is_given(office: Office) -> None:
    draft = create(office)

    def due(**changes: Any) -> date:
        return update(office, changes, draft.id).due_date

    assert due(issue_date=date(2026, 12, 1)) == date(2026, 12, 31)
    assert due(payment_terms="Net 7") == date(2026, 12, 8)
    assert due(payment_terms="When you like") == date(2026, 12, 8)
    assert due(issue_date=date(2026, 12, 2)) == date(2026, 12, 8)
    assert due(due_date=date(2027, 1, 1)) == date(2027, 1, 1)
    assert due(payment_terms=None) == date(2027, 1, 1)
    assert due(due_date=None) == date(2027, 1, 1), "Net 30 of the account"
    with pytest.raises(ValidationFailed, match="must not be before issue_date"):
        due(due_date=date(2026, 12, 1))


def test_an_issue_date_that_nobody_gave_stays_today_with_an_earlier_due_date(office: Office) -> None:
    draft = create(office)
    earlier = update(office, {"due_date": date(2026, 1, 31)}, draft.id)
    assert (earlier.issue_date, earlier.due_date) == (date(2026, 11, 22), date(2026, 1, 31))


class TestCustomer:
    def test_another_customer_brings_its_copy_and_what_follows_from_it(self, office: Office, store: FakeStore) -> None:
        store.keep(a_customer(id="cust_2", name="B", currency="CHF", locale="de", payment_terms="Net 7"))
        draft = create(office)
        store.reads = 0
        moved = update(office, {"customer_id": "cust_2"}, draft.id)
        assert (moved.buyer.name, moved.currency, moved.locale, moved.due_date) == (
            "B",
            "CHF",
            "de",
            date(2026, 11, 29),
        )
        assert store.reads == 1
        assert changed(store) == [["currency", "customer_id", "due_date", "locale", "payment_terms"]]

    def test_what_the_client_gave_stays_with_another_customer(self, office: Office, store: FakeStore) -> None:
        store.keep(a_customer(id="cust_2", currency="CHF", locale="de", payment_terms="Net 7"))
        draft = create(office, currency="USD", locale="fr", payment_terms="Net 30")
        moved = update(office, {"customer_id": "cust_2"}, draft.id)
        assert (moved.currency, moved.locale, moved.payment_terms) == ("USD", "fr", "Net 30")

    def test_a_customer_that_changes_later_changes_the_name_alone(self, office: Office, store: FakeStore) -> None:
        draft = create(office)
        store.keep(a_customer(version=9, name="Renamed", currency="CHF", has_invoices=True))
        updated = update(office, {"notes": "x"}, draft.id)
        assert (updated.currency, updated.buyer.name) == ("USD", "Renamed")
        assert changed(store) == [["notes"]]
        assert update(office, {"locale": None}, draft.id).currency == "USD"
        assert update(office, {"currency": "EUR"}, draft.id).currency == "EUR"
        assert update(office, {"currency": None}, draft.id).currency == "CHF"

    def test_an_unknown_or_archived_customer_is_refused(self, office: Office, store: FakeStore) -> None:
        store.keep(an_invoice(), a_customer(id="cust_old", archived_at=NOW))
        for customer in ("cust_404", "cust_old"):
            with pytest.raises(ValidationFailed) as refused:
                update(office, {"customer_id": customer})
            assert refused.value.code == "INVALID_CUSTOMER"
        assert store.all(Invoice) == [an_invoice()]


class TestNumber:
    def test_an_own_number_is_taken_changed_and_given_back(self, office: Office, store: FakeStore) -> None:
        draft = create(office)
        for number in ("A", "B", None, "A"):
            assert update(office, {"number": number}, draft.id).number == number
            assert [taken.id for taken in store.all(NumberReservation)] == ([number] if number else [])
        assert changed(store) == [
            ["invoice_number", "series_id"],
            ["invoice_number"],
            ["invoice_number", "series_id"],
            ["invoice_number", "series_id"],
        ]

    def test_a_number_that_is_taken_is_refused_and_the_old_one_kept(self, office: Office, store: FakeStore) -> None:
        other, draft = create(office, number="A"), create(office, number="B")
        with pytest.raises(Conflict) as refused:
            update(office, {"number": "A"}, draft.id)
        assert refused.value.code == "DUPLICATE_INVOICE_NUMBER"
        assert refused.value.extra == {"existing_resource": f"/invoices/{other.id}"}
        assert [taken.id for taken in store.all(NumberReservation)] == ["A", "B"]
        assert store.all(Invoice) == [other, draft]

    def test_two_who_change_the_number_at_once_leave_no_reservation_behind(
        self, office: Office, store: FakeStore
    ) -> None:
        draft = create(office, number="A")
        other = Office(store, ids=office.ids)
        store.before_next_commit(lambda: update(other, {"number": "B"}, draft.id))
        assert update(office, {"number": "C"}, draft.id).number == "C"
        assert [taken.id for taken in store.all(NumberReservation)] == ["C"]

    def test_a_number_of_the_series_stays(self, office: Office, store: FakeStore) -> None:
        store.keep(an_invoice(number="INV-2026-001"))
        for number in ("OWN", None):
            with pytest.raises(ValidationFailed) as refused:
                update(office, {"number": number})
            assert [detail.code for detail in refused.value.details] == ["INVOICE_NUMBER_FIXED"]
        assert update(office, {"number": "INV-2026-001", "notes": "x"}).number == "INV-2026-001"


@pytest.mark.parametrize("status", [status for status in Status if status is not Status.DRAFT])
def test_what_is_no_draft_is_frozen(office: Office, store: FakeStore, status: Status) -> None:
    issued = an_issued_invoice(status=status)
    store.keep(issued)
    with pytest.raises(Conflict) as refused:
        update(office, {"notes": "x"})
    assert (refused.value.code, refused.value.extra["status"]) == ("INVALID_INVOICE_STATE", str(status))
    assert store.all(Invoice) == [issued]


def test_of_two_editors_with_the_same_version_one_wins(office: Office, store: FakeStore) -> None:
    store.keep(an_invoice())
    other = Office(store, ids=office.ids)
    store.before_next_commit(lambda: update(other, {"notes": "first"}, version=1))
    with pytest.raises(PreconditionFailed):
        update(office, {"notes": "second"}, version=1)
    assert [invoice.notes for invoice in store.all(Invoice)] == ["first"]
    assert store.event_types() == ["invoice.updated"]


def test_without_a_version_both_changes_are_kept(office: Office, store: FakeStore) -> None:
    store.keep(an_invoice())
    other = Office(store, ids=office.ids)
    store.before_next_commit(lambda: update(other, {"notes": "first"}))
    invoice = update(office, {"purchase_order": "second"})
    assert (invoice.notes, invoice.purchase_order, invoice.version) == ("first", "second", 3)


def test_a_draft_sent_while_it_is_changed_is_sent_as_it_was(office: Office, store: FakeStore) -> None:
    store.keep(an_invoice())
    other = Office(store, ids=office.ids)
    store.before_next_commit(
        lambda: other.run_use_case(lambda uow: send_invoice(uow, "inv_1", None, page_url=PAGE_URL))
    )
    with pytest.raises(Conflict):
        update(office, {"notes": "too late"})
    assert [(invoice.status, invoice.notes) for invoice in store.all(Invoice)] == [(Status.SENT, None)]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"lines": (a_line("1", "-1"),)}, "TOTAL_NEGATIVE"),
        ({"discount": Discount(type="fixed", value=Decimal(10**6))}, "DISCOUNT_INVALID"),
        ({"currency": "JPY", "discount": Discount(type="fixed", value=Decimal("0.5"))}, "AMOUNT_INVALID"),
    ],
)
def test_a_draft_that_cannot_be_is_refused(office: Office, store: FakeStore, changes: Any, code: str) -> None:
    store.keep(an_invoice())
    with pytest.raises(ValidationFailed) as refused:
        update(office, changes)
    assert [detail.code for detail in refused.value.details] == [code]
    assert store.all(Invoice) == [an_invoice()]


def test_an_unknown_invoice_is_not_found(office: Office, store: FakeStore) -> None:
    store.keep(an_invoice(account="acc_2"), an_account())
    with pytest.raises(NotFound):
        update(office, {"notes": "x"})
    with pytest.raises(InvoicingError):
        update(office, {"customer_id": "cust_404"}, "inv_404")


def test_a_category_is_checked_against_the_new_rate(office: Office, store: FakeStore) -> None:
    store.keep(an_invoice(a_new_invoice(a_line(tax_category="G"))))
    with pytest.raises(ValidationFailed) as refused:
        update(office, {"tax_rate": Decimal("0.2")})
    assert [(detail.field, detail.code) for detail in refused.value.details] == [
        ("items[0].tax_category", "TAX_CATEGORY_INVALID")
    ]
