"""Late fees: what is wrong with one is named by field."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from invoicing.domain.late_fees.late_fee import (
    MOST_GRACE_DAYS,
    MOST_RATES,
    MOST_TIERS,
    LateFee,
    Rate,
    Tier,
    problems,
    switched,
)
from tests.domain.late_fees.cases import day, fixed, interest, percentage, tiers

RATES = (Rate(day("2026-01-01"), Decimal(10)), Rate(day("2026-07-01"), Decimal("9.5")))
TIERS = (Tier(Decimal(0), Decimal(40)), Tier(Decimal(1000), Decimal(70)))


def wrong(late_fee: LateFee) -> list[tuple[str, str]]:
    return [(detail.field, detail.code) for detail in problems(late_fee)]


@pytest.mark.parametrize(
    "late_fee",
    [
        fixed("40"),
        tiers(("0", "40"), ("1000", "70"), grace_days=MOST_GRACE_DAYS, period="P1M"),
        tiers(("100", "40"), ("1000", "0")),
        percentage("1.5", maximum=Decimal(100), automatic=True),
        percentage("100"),
        interest("8.123456"),
        interest(None, ("2026-01-01", "0"), ("2026-07-01", "9.5"), rate_basis="payment"),
    ],
)
def test_late_fees_that_can_be_charged(late_fee: LateFee) -> None:
    assert problems(late_fee) == ()


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"type": "fixed"}, [("value", "FIELD_REQUIRED")]),
        ({"type": "percentage"}, [("value", "FIELD_REQUIRED")]),
        ({"type": "daily_interest"}, [("value", "FIELD_REQUIRED")]),
        ({"type": "fixed", "value": Decimal(1), "tiers": TIERS}, [("tiers", "VALUE_INVALID")]),
        ({"type": "daily_interest", "value": Decimal(1), "rates": RATES}, [("rates", "VALUE_INVALID")]),
        ({"type": "fixed", "value": Decimal(1), "rates": RATES}, [("rates", "VALUE_INVALID")]),
        ({"type": "percentage", "value": Decimal(1), "tiers": TIERS}, [("tiers", "VALUE_INVALID")]),
        (
            {"type": "percentage", "rates": RATES},
            [("rates", "VALUE_INVALID"), ("value", "FIELD_REQUIRED")],
        ),
        (
            {"type": "daily_interest", "value": Decimal(1), "rate_basis": "start"},
            [("rate_basis", "VALUE_INVALID")],
        ),
    ],
)
def test_fields_that_do_not_go_together(given: dict[str, Any], expected: list[tuple[str, str]]) -> None:
    assert wrong(LateFee(**given)) == [(f"late_fee.{field}", code) for field, code in expected]


@pytest.mark.parametrize(
    ("late_fee", "field", "code"),
    [
        (fixed("0"), "value", "AMOUNT_INVALID"),
        (fixed("-1"), "value", "AMOUNT_INVALID"),
        (fixed("1000000000000.01"), "value", "AMOUNT_INVALID"),
        (fixed("1234567890.123456"), "value", "AMOUNT_INVALID"),
        (percentage("0"), "value", "PERCENTAGE_INVALID"),
        (percentage("100.01"), "value", "PERCENTAGE_INVALID"),
        (percentage("0.0000001"), "value", "PERCENTAGE_INVALID"),
        (interest("0"), "value", "PERCENTAGE_INVALID"),
        (interest(None, ("2026-01-01", "-0.5")), "rates[0].value", "PERCENTAGE_INVALID"),
        (interest(None, ("2026-01-01", "8"), ("2026-01-01", "9")), "rates[1].from", "DATE_INVALID"),
        (interest(None, ("2026-07-01", "8"), ("2026-01-01", "9")), "rates[1].from", "DATE_INVALID"),
        (tiers(("-1", "40")), "tiers[0].from_amount", "AMOUNT_INVALID"),
        (tiers(("0", "-40")), "tiers[0].value", "AMOUNT_INVALID"),
        (tiers(("10", "40"), ("10.00", "50")), "tiers[1].from_amount", "AMOUNT_INVALID"),
        (fixed("1", maximum=Decimal(0)), "max", "AMOUNT_INVALID"),
        (fixed("1", grace_days=-1), "grace_days", "VALUE_INVALID"),
        (fixed("1", grace_days=MOST_GRACE_DAYS + 1), "grace_days", "VALUE_INVALID"),
        (LateFee(type="daily_interest", rates=RATES * (MOST_RATES // 2) + RATES[:1]), "rates", "TOO_MANY"),
        (LateFee(type="fixed", tiers=TIERS * (MOST_TIERS // 2) + TIERS[:1]), "tiers", "TOO_MANY"),
    ],
)
def test_numbers_and_dates_that_are_not_possible(late_fee: LateFee, field: str, code: str) -> None:
    assert wrong(late_fee) == [(f"late_fee.{field}", code)]


def test_every_wrong_field_is_named_below_its_own_with_words_that_help() -> None:
    wrong_fee = LateFee(type="percentage", value=Decimal(150), grace_days=400, maximum=Decimal(-1))
    assert [(detail.field, detail.message, detail.value) for detail in problems(wrong_fee, "terms")] == [
        ("terms.value", "terms.value must be above 0 and at most 100; 1.5 is 1.5 %.", Decimal(150)),
        ("terms.grace_days", "terms.grace_days must be from 0 to 365.", 400),
        ("terms.max", "terms.max must be above 0 and at most 1,000,000,000,000.", Decimal(-1)),
    ]
    (missing,) = problems(LateFee(type="daily_interest"))
    assert missing.message == "late_fee.value is required without rates."
    (alone,) = problems(LateFee(type="percentage"))
    assert alone.message == "late_fee.value is required."


def test_a_rate_is_that_of_its_day_and_a_tier_that_of_its_amount() -> None:
    late_fee = LateFee(type="daily_interest", rates=RATES)
    days = ("2025-12-31", "2026-01-01", "2026-06-30", "2026-07-01", "2099-01-01")
    assert [str(late_fee.rate_on(day(each))) for each in days] == ["0", "10", "10", "9.5", "9.5"]
    steps = LateFee(type="fixed", tiers=(Tier(Decimal(10), Decimal(40)), Tier(Decimal(1000), Decimal(70))))
    due = ("9.99", "10", "999.99", "1000.00", "5000")
    assert [str(steps.fixed_for(Decimal(each))) for each in due] == ["0", "40", "40", "70", "70"]


class TestSwitched:
    """An automatic late fee charges from the instant at which it got its present terms."""

    OLD = LateFee(type="fixed", value=Decimal(40), automatic=True, automatic_since=datetime(2026, 1, 1, tzinfo=UTC))
    NOW = datetime(2026, 6, 1, tzinfo=UTC)

    @pytest.mark.parametrize(
        "changed",
        [
            {"value": Decimal(50)},
            {"period": "P7D"},
            {"grace_days": 3},
            {"maximum": Decimal(100)},
            {"type": "percentage"},
        ],
    )
    def test_any_other_terms_begin_now(self, changed: dict[str, Any]) -> None:
        after = switched(self.OLD, replace(self.OLD, **changed), self.NOW, "https://x.example/i")
        assert after is not None
        assert (after.automatic_since, after.page_url) == (self.NOW, "https://x.example/i")

    def test_the_same_terms_go_on(self) -> None:
        assert switched(self.OLD, replace(self.OLD), self.NOW, "https://x.example/i") is self.OLD

    def test_one_on_demand_has_no_beginning(self) -> None:
        after = switched(self.OLD, replace(self.OLD, automatic=False), self.NOW, "https://x.example/i")
        assert after is not None
        assert (after.automatic_since, after.page_url) == (None, None)
        assert switched(self.OLD, None, self.NOW, "") is None


def test_nothing_else_is_said_of_a_late_fee_that_charges_nothing() -> None:
    assert problems(LateFee(type="none")) == ()
    wrong = problems(LateFee(type="none", value=Decimal(1), tiers=TIERS, rates=RATES, automatic=True))
    assert [detail.field for detail in wrong] == [
        f"late_fee.{name}" for name in ("value", "rates", "tiers", "automatic")
    ]
