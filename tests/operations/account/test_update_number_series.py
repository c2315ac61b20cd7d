"""Changing a number series."""

from typing import Any

import pytest

from invoicing.domain.errors import NotFound, PreconditionFailed, ValidationFailed
from invoicing.domain.numbering.settings import CREDIT_NOTES, INVOICES
from invoicing.operations.account.get_account import OwnSeries, get_account
from invoicing.operations.account.get_number_series import get_number_series
from invoicing.operations.account.update_account import update_account
from invoicing.operations.account.update_number_series import update_number_series
from tests.fakes import FakeStore
from tests.office import Office
from tests.operations.account.using_series import create, new_series


def update(office: Office, series_id: str, if_version: int | None = None, **values: Any) -> OwnSeries:
    return office.run_use_case(lambda uow: update_number_series(uow, series_id, values, if_version=if_version))


def test_the_first_series_are_what_the_account_calls_its_numbering(office: Office, store: FakeStore) -> None:
    update(office, INVOICES, pattern="R{seq}", reset="never", next=7)
    update(office, CREDIT_NOTES, next=9)
    own = get_account(office.uow())
    assert own.account.default_series("invoice").pattern == "R{seq}"
    assert (own.next_value(INVOICES), own.next_value(CREDIT_NOTES)) == (7, 9)
    numbering: Any = {"invoice": {"pattern": "Q{seq}"}, "credit_note": {"next": 12}}
    office.run_use_case(lambda uow: update_account(uow, {}, numbering=numbering))
    assert get_number_series(office.uow(), INVOICES).settings.pattern == "Q{seq}"
    assert get_number_series(office.uow(), CREDIT_NOTES).next_value == 12


def test_the_account_changes_the_series_that_is_the_default_now(office: Office, store: FakeStore) -> None:
    shop = new_series(office, default=True).settings.id
    numbering: Any = {"invoice": {"pattern": "S{year}{seq}", "next": 5}}
    own = office.run_use_case(lambda uow: update_account(uow, {}, numbering=numbering))
    assert own.next_value(shop) == 5
    assert get_number_series(office.uow(), INVOICES).settings.pattern == "INV-{year}-{seq:03}"
    assert create(office, send_email=True).number == "S20265"


def test_what_changes_nothing_is_not_written(office: Office, store: FakeStore) -> None:
    shop = new_series(office)
    commits = store.commits
    assert update(office, shop.settings.id, name="Shop", next=1) == shop
    assert store.commits == commits


def test_numbers_that_are_assigned_stay_and_the_next_never_goes_back(office: Office, store: FakeStore) -> None:
    shop = new_series(office).settings.id
    first = create(office, send_email=True, series_id=shop)
    assert update(office, shop, pattern="T{year}-{seq}", name="Till").next_value == 2
    assert [first.number, create(office, send_email=True, series_id=shop).number] == ["SHOP-2026-1", "T2026-2"]
    with pytest.raises(ValidationFailed) as refused:
        update(office, shop, next=2)
    assert [(detail.field, detail.code) for detail in refused.value.details] == [("next", "NEXT_INVALID")]


def test_a_default_ends_only_with_its_successor(office: Office) -> None:
    with pytest.raises(ValidationFailed) as refused:
        update(office, INVOICES, default=False)
    assert [(detail.field, detail.code) for detail in refused.value.details] == [("default", "DEFAULT_REQUIRED")]
    shop = new_series(office).settings.id
    assert update(office, shop, default=True).settings.default
    assert not get_number_series(office.uow(), INVOICES).settings.default
    assert update(office, INVOICES, default=False).settings.id == INVOICES


def test_a_changed_pattern_collides_as_a_new_one_does(office: Office) -> None:
    shop = new_series(office).settings.id
    with pytest.raises(ValidationFailed) as refused:
        update(office, shop, pattern="CN-{year}-{seq}")
    assert [detail.code for detail in refused.value.details] == ["PATTERN_COLLIDES"]
    numbering: Any = {"credit_note": {"pattern": "SHOP-{year}-{seq:02}"}}
    with pytest.raises(ValidationFailed) as refused:
        office.run_use_case(lambda uow: update_account(uow, {}, numbering=numbering))
    assert [(each.field, each.code) for each in refused.value.details] == [
        ("numbering.credit_note_pattern", "PATTERN_COLLIDES")
    ]


def test_an_invoice_issued_meanwhile_has_the_pattern_of_its_moment(office: Office, store: FakeStore) -> None:
    shop = new_series(office).settings.id
    store.before_next_commit(lambda: update(Office(store, ids=office.ids), shop, pattern="T{year}-{seq}"))
    assert create(office, send_email=True, series_id=shop).number == "T2026-1"


def test_of_two_editors_with_the_same_version_the_second_is_refused(office: Office) -> None:
    update(office, INVOICES, 1, name="First")
    with pytest.raises(PreconditionFailed):
        update(office, INVOICES, 1, name="Second")


def test_an_unknown_series_is_not_found(office: Office) -> None:
    with pytest.raises(NotFound) as refused:
        update(office, "series_9", name="None")
    assert refused.value.code == "NUMBER_SERIES_NOT_FOUND"
