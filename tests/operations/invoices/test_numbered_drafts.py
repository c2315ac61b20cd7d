"""Drafts with a number of the series stay in its period."""

from datetime import date, timedelta
from typing import Any

import pytest

from invoicing.domain.errors import ValidationFailed
from invoicing.domain.invoices.invoice import Invoice
from tests.builders import NOW, an_account, first_series
from tests.fakes import FakeStore
from tests.office import Office
from tests.operations.invoices.test_update_invoice import create, update

MONTHLY = first_series("{year}-{month}-{seq}", reset="monthly")


@pytest.mark.parametrize(
    ("numbering", "stays", "moves"),
    [
        ({}, date(2026, 1, 1), date(2027, 1, 1)),
        ({"number_fiscal_year_start": 4}, date(2027, 3, 31), date(2026, 3, 31)),
        ({"number_fiscal_year_start": 12}, date(2025, 12, 1), date(2026, 12, 1)),
        ({"number_series": MONTHLY}, date(2026, 11, 1), date(2026, 12, 1)),
        ({"number_series": first_series(reset="never")}, date(2026, 1, 1), date(2025, 12, 31)),
    ],
)
def test_a_numbered_draft_stays_in_the_period_of_its_number(
    office: Office, store: FakeStore, numbering: dict[str, Any], stays: date, moves: date
) -> None:
    store.keep(an_account(number_assign_on="create", **numbering))
    draft = create(office)
    assert update(office, {"issue_date": stays, "due_date": date(2027, 12, 1)}, draft.id).number == draft.number
    before = store.all(Invoice)
    with pytest.raises(ValidationFailed) as refused:
        update(office, {"issue_date": moves}, draft.id)
    (detail,) = refused.value.details
    assert (detail.field, detail.code) == ("issue_date", "INVOICE_NUMBER_FIXED")
    assert f"{draft.number}, the number assigned for {stays}" in detail.message
    assert "void this draft" in detail.message
    assert store.all(Invoice) == before


def test_without_a_date_of_its_own_a_numbered_draft_stays_in_its_period_too(office: Office, store: FakeStore) -> None:
    store.keep(an_account(number_assign_on="create"))
    draft = create(office, issue_date=date(2026, 11, 22))
    office.now = NOW + timedelta(days=60)
    with pytest.raises(ValidationFailed) as refused:
        update(office, {"issue_date": None}, draft.id)
    assert refused.value.details[0].code == "INVOICE_NUMBER_FIXED"


@pytest.mark.parametrize("number", [None, "OWN-1"])
def test_a_draft_without_a_number_of_the_series_moves_freely(office: Office, number: str | None) -> None:
    draft = create(office, number=number)
    assert update(office, {"issue_date": date(2027, 2, 1)}, draft.id).issue_date == date(2027, 2, 1)
