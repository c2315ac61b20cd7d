"""docs/reference/late-fees.md: its example and its limits are what the rules say."""

import json
import re
from decimal import Decimal
from fractions import Fraction

from invoicing.domain.late_fees.late_fee import MOST_GRACE_DAYS, MOST_PERCENT, MOST_RATES, MOST_TIERS, PERCENT_DECIMALS
from invoicing.domain.money.amounts import written
from tests.domain.late_fees.cases import an_invoice_due, day, due, interest
from tests.template import ROOT

PAGE = (ROOT / "docs" / "reference" / "late-fees.md").read_text()
ROW = re.compile(r"\| (\d+) \| (\S+) \| (\S+) \| ([\d.]+) % \| ([\d.]+)… \|")


def shown(amount: Fraction) -> str:
    """The amount with four decimals, the others cut."""
    return str(Decimal(int(amount * 100)).scaleb(-4))


def test_the_example_of_the_directive_is_what_is_charged() -> None:
    examples = re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL)
    (given,) = (each for each in (json.loads(text, parse_float=Decimal) for text in examples) if "rates" in each)
    late_fee = interest(None, *((rate["from"], str(rate["value"])) for rate in given["rates"]))
    assert late_fee.type == given["type"]
    (fee,) = due(late_fee, an_invoice_due("10000", "2024-12-15", ("10000", "2025-07-31")), "2025-07-31")
    rows = [
        (str(span.days), str(span.first_day), str(span.last_day), str(span.percent), shown(span.interest))
        for span in fee.spans
    ]
    assert ROW.findall(PAGE) == rows
    whole = sum((span.interest for span in fee.spans), Fraction(0))
    assert f"| {sum(span.days for span in fee.spans)} | | | | {shown(whole)}… |" in PAGE
    assert f"The interest is **{written(fee.amount, 'EUR')}** EUR." in PAGE
    assert fee.last_day == day("2025-07-31")


def test_the_page_has_the_limits() -> None:
    assert f"`{{from, value}}`, at most {MOST_RATES} |" in PAGE
    assert f"`{{from_amount, value}}`, at most {MOST_TIERS} |" in PAGE
    assert f"| 0 to {MOST_GRACE_DAYS} |" in PAGE
    assert f"up to {PERCENT_DECIMALS} decimals and are at most {MOST_PERCENT}." in PAGE
