"""The audit of an account's numbers: it finds nothing, unless somebody tampered with data."""

from dataclasses import replace

import pytest

from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.numbering.series import NumberReservation, NumberSeries
from invoicing.operations.account import audit_numbering as module
from invoicing.operations.account.audit_numbering import NumberingAudit, audit_numbering
from invoicing.operations.invoices.create_invoice import create_invoice
from tests.builders import PAGE_URL, a_new_invoice
from tests.fakes import FakeNumbers, FakeStore
from tests.office import Office


def issue(office: Office, number: str | None = None) -> Invoice:
    new = a_new_invoice(number=number)
    return office.run_use_case(lambda uow: create_invoice(uow, new, send_email=True, page_url=PAGE_URL))


def audit(office: Office, store: FakeStore) -> NumberingAudit:
    return audit_numbering(office.uow(), FakeNumbers(store))


def test_own_numbers_that_the_series_passed_over_are_no_gap(office: Office, store: FakeStore) -> None:
    for number in (None, "INV-2026-002", None, "INV-2026-004", "OWN-1", None):
        issue(office, number)
    found = audit(office, store)
    (period,) = found.periods
    assert (period.first, period.last, period.count) == ("INV-2026-001", "INV-2026-005", 3)
    assert (period.gaps, period.duplicates, found.truncated) == ((), (), False)
    assert sorted(found.own) == ["INV-2026-002", "INV-2026-004", "OWN-1"]


def test_what_somebody_took_away_or_added_is_seen(office: Office, store: FakeStore) -> None:
    for _ in range(5):
        issue(office)
    for number in ("INV-2026-002", "INV-2026-005"):
        del store.entities[NumberReservation, "acc_1", number]
    (third,) = (taken for taken in store.all(NumberReservation) if taken.value == 3)
    store.keep(replace(third, id="INV-2026-3"))
    (period,) = audit(office, store).periods
    assert (period.gaps, period.duplicates, period.count) == ((2, 5), (3,), 4)


def test_a_series_that_was_set_back_is_seen(office: Office, store: FakeStore) -> None:
    for _ in range(3):
        issue(office)
    store.keep(NumberSeries(account="acc_1", id="invoice", version=3, next_values={"2026": 7}))
    assert audit(office, store).periods[0].gaps == (4, 5, 6)


def test_an_account_without_numbers_has_nothing_to_audit(office: Office, store: FakeStore) -> None:
    assert audit(office, store) == NumberingAudit(periods=(), own=(), truncated=False)


def test_too_many_numbers_are_not_judged_by_a_part_of_them(
    office: Office, store: FakeStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST_NUMBERS", 2)
    for _ in range(2):
        issue(office)
    assert not audit(office, store).truncated
    issue(office)
    assert audit(office, store) == NumberingAudit(periods=(), own=(), truncated=True)
