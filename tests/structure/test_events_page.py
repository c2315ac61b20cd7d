"""docs/reference/events.md has every event type, as the registry declares it, and the members of its data."""

import re
from typing import Any

import pytest

from invoicing.domain.events.registry import event_types
from tests.builders import a_credit_note, a_credit_payout, a_customer, a_notice_mail, a_payment, an_issued_invoice
from tests.domain.recurring.plans import a_started
from tools.events import FILE, written

SAMPLES: dict[str, Any] = {
    "credit_note": a_credit_note(),
    "credit_payout": a_credit_payout(),
    "customer": a_customer(),
    "invoice": an_issued_invoice(),
    "notice": a_notice_mail(),
    "payment": a_payment(),
    "recurring_invoice": a_started(),
}


def test_the_tables_are_current() -> None:
    assert written(FILE.read_text()) == FILE.read_text(), "run python -m tools.events"


def test_a_resource_without_a_section_is_named() -> None:
    with pytest.raises(ValueError, match="Payment"):
        written(FILE.read_text().replace("## Payment events", "## Money"))


@pytest.mark.parametrize("name", event_types())
def test_the_data_of_an_event_are_those_that_are_documented(name: str) -> None:
    resource = name.partition(".")[0]
    section = (
        FILE.read_text().partition(f"## {resource.replace('_', ' ').capitalize()} events")[2].partition("\n## ")[0]
    )
    documented = set(re.findall(r"`(\w+)`", section.partition("`data` has ")[2].partition(".\n")[0]))
    assert set(event_types()[name].summary(SAMPLES[resource])) == documented


def test_every_meaning_is_a_sentence() -> None:
    wrong = [name for name, found in event_types().items() if not re.fullmatch(r"[A-Z].*\.", found.meaning)]
    assert wrong == []
