"""The audit of an account's numbers: it finds nothing, unless somebody tampered with data."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.numbering.audit import AuditPart
from invoicing.domain.numbering.series import NumberReservation, NumberSeries
from invoicing.domain.numbering.settings import INVOICES
from invoicing.operations.account import audit_numbering as module
from invoicing.operations.account.audit_numbering import audit_numbering
from invoicing.operations.invoices.create_invoice import create_invoice
from invoicing.operations.invoices.update_invoice import update_invoice
from tests.builders import PAGE_URL, a_new_invoice, an_account
from tests.fakes import FakeNumbers, FakeStore
from tests.office import Office


def issue(office: Office, number: str | None = None) -> Invoice:
    new = a_new_invoice(number=number)
    return office.run_use_case(lambda uow: create_invoice(uow, new, send_email=True, page_url=PAGE_URL))


def draft(office: Office, **fields: Any) -> Invoice:
    new = a_new_invoice(**fields)
    return office.run_use_case(lambda uow: create_invoice(uow, new, send_email=False, page_url=PAGE_URL))


def audit(office: Office, store: FakeStore, late: str | None = None) -> AuditPart:
    numbers = FakeNumbers(store)
    numbers.late = {late} if late else set()
    return audit_numbering(office.uow(), numbers)


def test_own_numbers_that_the_series_passed_over_are_no_gap(office: Office, store: FakeStore) -> None:
    for number in (None, "INV-2026-002", None, "INV-2026-004", "OWN-1", None):
        issue(office, number)
    found = audit(office, store)
    (period,) = found.periods
    assert (period.first, period.last, period.count) == ("INV-2026-001", "INV-2026-005", 3)
    assert (period.gaps, period.duplicates, found.end) == ((), (), None)
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
    store.keep(NumberSeries(account="acc_1", id=INVOICES, version=3, next_values={"2026": 7}))
    assert audit(office, store).periods[0].gaps == (4, 5, 6)


def test_an_account_without_numbers_has_nothing_to_audit(office: Office, store: FakeStore) -> None:
    assert audit(office, store) == AuditPart(periods=(), own=(), end=None)


def test_a_number_that_the_index_lacks_yet_is_no_gap(office: Office, store: FakeStore) -> None:
    for _ in range(3):
        issue(office)
    (period,) = audit(office, store, late="INV-2026-003").periods
    assert (period.gaps, period.last, period.count) == ((), "INV-2026-003", 3)
    del store.entities[NumberReservation, "acc_1", "INV-2026-003"]
    assert audit(office, store).periods[0].gaps == (3,)


def test_any_count_of_numbers_is_audited_in_parts(
    office: Office, store: FakeStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST_NUMBERS", 2)
    for number in (None, None, None, None, None, "OWN-1", "OWN-2", "OWN-3"):
        issue(office, number)
    del store.entities[NumberReservation, "acc_1", "INV-2026-003"]
    parts = [audit(office, store)]
    while parts[-1].end is not None:
        parts.append(audit_numbering(office.uow(), FakeNumbers(store), after=parts[-1].end))
    assert [sum(period.count for period in part.periods) + len(part.own) for part in parts] == [2, 2, 2, 1]
    assert [gap for part in parts for period in part.periods for gap in period.gaps] == [3]
    assert [own for part in parts for own in part.own] == ["OWN-1", "OWN-2", "OWN-3"]


def test_numbers_against_the_dates_are_seen_also_after_a_draft_is_moved(office: Office, store: FakeStore) -> None:
    store.keep(an_account(number_assign_on="create"))
    drafts = [draft(office, issue_date=date(2026, 11, day)) for day in (1, 2, 3)]
    assert audit(office, store).periods[0].out_of_order == ()
    moved = {"issue_date": date(2026, 11, 20)}
    office.run_use_case(lambda uow: update_invoice(uow, drafts[0].id, moved))
    assert [found[:3] for found in audit(office, store).periods[0].out_of_order] == [
        ("INV-2026-002", date(2026, 11, 2), "INV-2026-001"),
        ("INV-2026-003", date(2026, 11, 3), "INV-2026-001"),
    ]
