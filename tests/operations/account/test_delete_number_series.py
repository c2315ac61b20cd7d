"""Deleting a number series: only one that was never used."""

from collections.abc import Callable
from typing import Any

import pytest

from invoicing.domain.errors import Conflict, NotFound, PreconditionFailed, ValidationFailed
from invoicing.domain.numbering.settings import CREDIT_NOTES, INVOICES
from invoicing.operations.account.delete_number_series import delete_number_series
from invoicing.operations.account.list_number_series import list_number_series
from invoicing.operations.account.update_number_series import update_number_series
from invoicing.operations.customers.create_customer import create_customer
from invoicing.operations.customers.update_customer import update_customer
from invoicing.operations.invoices.update_invoice import update_invoice
from tests.builders import PAGE_URL, a_new_customer
from tests.fakes import FakeStore
from tests.office import Office
from tests.operations.account.using_series import counter, create, new_series

Use = Callable[[Office, str], Any]


def delete(office: Office, series_id: str, if_version: int | None = None) -> None:
    office.run_use_case(lambda uow: delete_number_series(uow, series_id, if_version=if_version))


def change_draft(office: Office, series_id: str) -> Any:
    draft = create(office)
    return office.run_use_case(lambda uow: update_invoice(uow, draft.id, {"series_id": series_id}))


USES: dict[str, Use] = {
    "draft": lambda office, series: create(office, series_id=series),
    "changed draft": change_draft,
    "issued": lambda office, series: create(office, series_id=series, send_email=True),
    "new customer": lambda office, series: office.run_use_case(
        lambda uow: create_customer(uow, a_new_customer(series_id=series))
    ),
    "customer": lambda office, series: office.run_use_case(
        lambda uow: update_customer(uow, "cust_123", {"series_id": series}, page_url=PAGE_URL)
    ),
    "default": lambda office, series: office.run_use_case(
        lambda uow: update_number_series(uow, series, {"default": True})
    ),
}


@pytest.mark.parametrize("next_value", [1, 40])
def test_one_that_was_never_used_is_gone_with_its_counter(office: Office, store: FakeStore, next_value: int) -> None:
    shop = new_series(office, next=next_value).settings.id
    delete(office, shop)
    assert [each.settings.id for each in list_number_series(office.uow())] == [INVOICES, CREDIT_NOTES]
    assert counter(store, shop) is None
    with pytest.raises(NotFound):
        delete(office, shop)
    new_series(office)


@pytest.mark.parametrize("use", USES.values(), ids=USES)
def test_one_that_is_used_stays(office: Office, store: FakeStore, use: Use) -> None:
    shop = new_series(office).settings.id
    use(office, shop)
    with pytest.raises(Conflict) as refused:
        delete(office, shop)
    assert refused.value.code == "NUMBER_SERIES_IN_USE"
    assert shop in [each.settings.id for each in list_number_series(office.uow())]


@pytest.mark.parametrize("series_id", [INVOICES, CREDIT_NOTES])
def test_the_first_series_stay(office: Office, series_id: str) -> None:
    with pytest.raises(Conflict):
        delete(office, series_id)


@pytest.mark.parametrize("next_value", [1, 40])
@pytest.mark.parametrize("use", [use for name, use in USES.items() if name != "default"])
def test_who_names_one_that_is_deleted_at_the_same_moment_is_told(
    office: Office, store: FakeStore, use: Use, next_value: int
) -> None:
    shop = new_series(office, next=next_value).settings.id
    other = Office(store, ids=office.ids)
    if use is change_draft:
        draft = create(office)
        store.before_next_commit(lambda: delete(other, shop))
        with pytest.raises(ValidationFailed) as refused:
            office.run_use_case(lambda uow: update_invoice(uow, draft.id, {"series_id": shop}))
    else:
        store.before_next_commit(lambda: delete(other, shop))
        with pytest.raises(ValidationFailed) as refused:
            use(office, shop)
    assert [detail.code for detail in refused.value.details] == ["SERIES_INVALID"]


@pytest.mark.parametrize("next_value", [1, 40])
@pytest.mark.parametrize("use", USES.values(), ids=USES)
def test_one_that_is_used_while_it_is_deleted_stays(
    office: Office, store: FakeStore, use: Use, next_value: int
) -> None:
    shop = new_series(office, next=next_value).settings.id
    store.before_next_commit(lambda: use(Office(store, ids=office.ids), shop))
    with pytest.raises(Conflict):
        delete(office, shop)


def test_naming_a_used_one_again_writes_no_more(office: Office, store: FakeStore) -> None:
    shop = new_series(office).settings.id
    create(office, series_id=shop)
    before = counter(store, shop)
    create(office, series_id=shop)
    assert counter(store, shop) == before


def test_of_two_with_the_same_version_the_second_is_refused(office: Office) -> None:
    shop = new_series(office).settings.id
    with pytest.raises(PreconditionFailed):
        delete(office, shop, 1)
