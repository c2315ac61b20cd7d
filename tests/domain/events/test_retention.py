from datetime import UTC, datetime

import pytest

from invoicing.domain.events.retention import event_ends

RECORDED = datetime(2026, 11, 26, 9, 30, 15, 250_000, tzinfo=UTC)


@pytest.mark.parametrize("resource", ["customer", "recurring_invoice", "webhook", "export"])
def test_an_event_expires_some_months_after_its_recording(resource: str) -> None:
    assert event_ends(f"{resource}.created", RECORDED, 13) == RECORDED.replace(year=2027, month=12)


@pytest.mark.parametrize("name", ["invoice.deleted", "payment.reversed", "credit_note.sent", "credit_payout.created"])
def test_events_of_invoices_and_of_what_is_in_the_ledger_are_kept(name: str) -> None:
    assert event_ends(name, RECORDED, 13) is None
