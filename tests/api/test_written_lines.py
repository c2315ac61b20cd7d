"""Lines of answers are written by column: the same bytes as one by one, whatever they say."""

from dataclasses import asdict
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from invoicing.api.outputs.lines import calculated_lines_output, lines_output
from invoicing.domain.invoices.line import Line
from invoicing.domain.invoices.line_particulars import (
    LINE_PARTICULARS,
    NO_LINE_PARTICULARS,
    Attribute,
    Classification,
    LineParticulars,
)
from invoicing.domain.invoices.service_period import ServicePeriod
from invoicing.domain.invoices.units import unit_code_of
from invoicing.domain.money.adjustments import Adjustment, LineAdjustments
from invoicing.domain.money.amounts import price_in_major, to_major
from invoicing.domain.money.currencies import EXPONENTS
from invoicing.domain.money.discounts import Discount
from invoicing.domain.money.tax import LineTax
from invoicing.exact_json import digits_of, dumps, objects, texts

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=8) | st.sampled_from(
    ['",\n  "', '","', "\\", '\\",', "\n", "\r\n  ", "\u2028", "\0", "%s {0}", "]", "null", "😀", "\x7f"]
)
NUMBERS = st.decimals(-(10**12), 10**12, places=6) | st.sampled_from(
    list(map(Decimal, ("0", "1.0", "150.00", "1E+3", "1.5E+3", "1E-6", "12.345678", "1E+120", "0.050")))
)
AMOUNTS = st.integers(-(10**15), 10**15) | st.just(0)
adjustments = st.builds(Adjustment, description=TEXTS, percentage=st.none() | NUMBERS, amount=AMOUNTS)
words = st.none() | TEXTS
particulars = st.builds(
    LineParticulars,
    **dict.fromkeys(LINE_PARTICULARS, words)
    | {
        "unit_code": st.none() | st.sampled_from(["DAY", "XPK"]),
        "classifications": st.lists(st.builds(Classification, TEXTS, TEXTS, words), max_size=2).map(tuple),
        "attributes": st.lists(st.builds(Attribute, TEXTS, TEXTS), max_size=2).map(tuple),
    },
)
lines = st.builds(
    Line,
    id=st.sampled_from(["item_0198c0ffee007000800000000000abcd001", "item_0198c0ffee007000800000000000abcd500"]),
    description=TEXTS,
    quantity=NUMBERS,
    unit_price=NUMBERS.filter(lambda price: abs(price) < 10**13),
    tax_rate=NUMBERS,
    subtotal=AMOUNTS,
    discount_amount=AMOUNTS,
    tax=AMOUNTS,
    total=AMOUNTS,
    discount=st.none() | st.builds(Discount, type=st.sampled_from(["fixed", "percentage"]), value=NUMBERS),
    sku=st.none() | TEXTS,
    unit=st.none() | TEXTS | st.sampled_from(["hours", "Std.", "M²"]),
    tax_category=st.none() | TEXTS,
    tax_name=st.none() | TEXTS,
    price_quantity=st.sampled_from([Decimal(1), Decimal(100), Decimal("0.5"), Decimal("1E+3")]),
    taxes=st.lists(
        st.builds(LineTax, name=TEXTS, rate=NUMBERS, compound=st.booleans(), amount=AMOUNTS), max_size=2
    ).map(tuple),
    adjustments=st.none()
    | st.builds(
        LineAdjustments,
        charges=st.lists(adjustments, max_size=2).map(tuple),
        allowances=st.lists(adjustments, max_size=2).map(tuple),
        charges_total=AMOUNTS,
        allowances_total=AMOUNTS,
    ),
    tax_exemption_reason=st.none() | TEXTS,
    tax_exemption_code=st.none() | TEXTS,
    service_period=st.none() | st.builds(ServicePeriod, start=st.dates(), end=st.dates()),
    particulars=st.none() | particulars,
)
currencies = st.sampled_from(sorted(EXPONENTS))


def one_by_one(line: Line, currency: str) -> dict[str, Any]:
    """A line's members, each written by itself."""
    return {
        "description": line.description,
        "quantity": line.quantity,
        "unit": line.unit,
        "unit_price": price_in_major(line.unit_price, currency),
        "price_quantity": line.price_quantity,
        "sku": line.sku,
        "tax_rate": None if line.taxes else line.tax_rate,
        "tax_category": line.tax_category,
        "tax_name": line.tax_name,
        "tax_exemption_reason": line.tax_exemption_reason,
        "tax_exemption_code": line.tax_exemption_code,
        "service_period": line.service_period and asdict(line.service_period),
        "taxes": [
            {
                "name": tax.name,
                "rate": tax.rate,
                "compound": tax.compound,
                "amount": to_major(tax.amount, currency),
            }
            for tax in line.taxes
        ],
        "subtotal": to_major(line.subtotal, currency),
        "discount": to_major(line.discount_amount, currency),
        "discount_detail": line.discount and {"type": line.discount.type, "value": line.discount.value},
        "charges": [adjustment(each, currency) for each in line.charges],
        "charges_total": to_major(line.charges_total, currency),
        "allowances": [adjustment(each, currency) for each in line.allowances],
        "allowances_total": to_major(line.allowances_total, currency),
        "tax": to_major(line.tax, currency),
        "total": to_major(line.total, currency),
        **said(line),
    }


def said(line: Line) -> dict[str, Any]:
    """A line's particulars, with the code of its unit."""
    given = line.particulars or NO_LINE_PARTICULARS
    return {name: getattr(given, name) for name in LINE_PARTICULARS} | {
        "unit_code": unit_code_of(line.unit, line.particulars),
        "classifications": [each._asdict() for each in given.classifications],
        "attributes": [each._asdict() for each in given.attributes],
    }


def adjustment(each: Adjustment, currency: str) -> dict[str, Any]:
    """A charge's or allowance's members."""
    return {
        "description": each.description,
        "percentage": each.percentage,
        "amount": to_major(each.amount, currency),
    }


@given(st.lists(lines, max_size=5), currencies)
def test_lines_are_written_as_if_one_by_one(given: list[Line], currency: str) -> None:
    expected = [one_by_one(line, currency) for line in given]
    assert dumps(calculated_lines_output(given, currency)) == dumps(expected)
    with_ids = [{"id": line.id, **members} for line, members in zip(given, expected, strict=True)]
    assert dumps(lines_output(given, currency)) == dumps(with_ids)


@given(st.lists(st.none() | TEXTS))
def test_texts_are_quoted_as_if_one_by_one(column: list[str | None]) -> None:
    assert texts(column) == [dumps(text).decode() for text in column]


@given(st.lists(NUMBERS))
def test_numbers_are_written_as_if_one_by_one(column: list[Decimal]) -> None:
    assert digits_of(column) == [dumps(number).decode() for number in column]


@given(st.dictionaries(st.sampled_from(["id", "sku", "tax_name"]), st.lists(TEXTS, min_size=3, max_size=3), min_size=1))
def test_objects_are_made_of_columns(columns: dict[str, list[str]]) -> None:
    rows = [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]
    assert dumps(objects({name: texts(column) for name, column in columns.items()})) == dumps(rows)
