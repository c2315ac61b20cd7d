"""The published test vectors, run through our own rules; they came from another implementation, made of fractions."""

import json
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from invoicing.domain.errors import ValidationFailed
from invoicing.domain.invoices.lines import NewLine
from invoicing.domain.money.amounts import written
from invoicing.domain.money.discounts import Discount
from invoicing.domain.money.tax import ZERO
from invoicing.domain.money.totals import LineAmounts, Totals, compute_totals
from tests.template import ROOT

FOLDER = Path(__file__).parent / "vectors"
FILES = {path.stem: json.loads(path.read_text())["cases"] for path in sorted(FOLDER.glob("*.json"))}
CASES = [pytest.param(case, id=f"{file}: {case['name']}") for file, cases in FILES.items() for case in cases]


def decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def discount(given: dict[str, Any] | None) -> Discount | None:
    return None if given is None else Discount(type=given["type"], value=Decimal(given["value"]))


def line(given: dict[str, Any]) -> NewLine:
    return NewLine(
        description="x",
        quantity=Decimal(given["quantity"]),
        unit_price=Decimal(given["unit_price"]),
        tax_rate=decimal(given["tax_rate"]),
        discount=discount(given["discount"]),
        tax_category=given["tax_category"],
        tax_name=given["tax_name"],
        price_quantity=Decimal(given.get("price_quantity") or "1"),
    )


def totals(case: dict[str, Any], *, backwards: bool = False) -> Totals:
    lines = [line(given) for given in case["lines"]]
    return compute_totals(
        lines[::-1] if backwards else lines,
        case["currency"],
        tax_rate=decimal(case["tax_rate"]) or ZERO,
        discount=discount(case["discount"]),
        prices_include_tax=case["prices_include_tax"],
    )


def amounts(of: Totals | LineAmounts, currency: str) -> dict[str, str]:
    return {name: written(getattr(of, name), currency) for name in ("subtotal", "discount", "tax", "total")}


@pytest.mark.parametrize("case", CASES)
def test_a_vector(case: dict[str, Any]) -> None:
    expected, currency = case["expected"], case["currency"]
    if error := expected.get("error"):
        with pytest.raises(ValidationFailed) as refused:
            totals(case)
        assert [(detail.field, detail.code) for detail in refused.value.details] == [(error["field"], error["code"])]
        return
    found = totals(case)
    breakdown = [
        (group.rate, group.category, group.name, written(group.taxable, currency), written(group.tax, currency))
        for group in found.breakdown
    ]
    assert amounts(found, currency) == {name: expected[name] for name in ("subtotal", "discount", "tax", "total")}
    assert [amounts(of, currency) for of in found.lines] == expected["lines"]
    assert breakdown == [
        (Decimal(group["tax_rate"]), group["tax_category"], group["tax_name"], group["taxable"], group["tax"])
        for group in expected["tax_breakdown"]
    ]


@pytest.mark.parametrize("case", [case for case in CASES if "error" not in case.values[0]["expected"]])  # type: ignore[index]
def test_the_order_of_its_lines_changes_no_total(case: dict[str, Any]) -> None:
    found = totals(case, backwards=True)
    expected = {name: case["expected"][name] for name in ("subtotal", "discount", "tax", "total")}
    assert amounts(found, case["currency"]) == expected


def numbers(text: str) -> list[str]:
    """The JSON numbers in a text."""
    found: list[str] = []
    json.loads(text, parse_int=found.append, parse_float=found.append)
    return found


def test_names_are_unique_and_every_decimal_is_a_string() -> None:
    assert len(CASES) > 30
    for file, cases in FILES.items():
        assert len({case["name"] for case in cases}) == len(cases), file
        assert not numbers((FOLDER / f"{file}.json").read_text()), file


def test_the_examples_of_the_docs_are_vectors() -> None:
    """docs/reference/totals.md names the vector of each example, and its totals."""
    text = (ROOT / "docs" / "reference" / "totals.md").read_text()
    examples = re.findall(r"\*\*Example\*\* \(`(\w+)`, “([^”]+)”\)(.*?)(?=\n\n)", text, re.DOTALL)
    assert len(examples) >= 6
    for file, name, words in examples:
        (case,) = (case for case in FILES[file] if case["name"] == name)
        expected = case["expected"]
        for amount in {expected[name] for name in ("subtotal", "discount", "tax", "total")}:
            assert not Decimal(amount) or amount in words, (name, amount)
