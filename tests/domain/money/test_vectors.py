"""The published test vectors, run through our own rules and through the second implementation of them.

Their figures were worked out by hand, or came from another implementation, made of fractions.
"""

import json
import re
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from invoicing.domain.errors import ValidationFailed
from tests.domain.money import product
from tests.domain.money.second_opinion.credit import Crediting, Item, Note
from tests.domain.money.second_opinion.figures import figures
from tests.domain.money.second_opinion.invoices import Invoice, computed
from tests.template import ROOT

FOLDER = Path(__file__).parent / "vectors"
NAMES = ("subtotal", "discount", "tax", "total")

type Cases = dict[str, list[dict[str, Any]]]


def read(folder: Path) -> Cases:
    """The cases by file."""
    return {path.stem: json.loads(path.read_text())["cases"] for path in sorted(folder.glob("*.json"))}


FILES, NOTES = read(FOLDER), read(FOLDER / "credit_notes")


def cases(files: Cases, *, refused: bool = False) -> list[Any]:
    """The cases that are accepted, or those that are refused, as parameters."""
    found = [(file, case) for file, cases in files.items() for case in cases]
    return [
        pytest.param(case, id=f"{file}: {case['name']}")
        for file, case in found
        if ("error" in case["expected"]) is refused
    ]


def comparable(figures: dict[str, Any]) -> dict[str, Any]:
    """Rates compare as numbers."""
    groups = [{**group, "tax_rate": Fraction(group["tax_rate"])} for group in figures["tax_breakdown"]]
    return {**figures, "tax_breakdown": groups}


@pytest.mark.parametrize("case", cases(FILES))
def test_a_vector(case: dict[str, Any]) -> None:
    expected = comparable(case["expected"])
    assert product.figures(product.invoiced(case)) == expected
    assert figures(computed(case)) == expected


@pytest.mark.parametrize("case", cases(FILES, refused=True))
def test_a_vector_that_is_refused(case: dict[str, Any]) -> None:
    with pytest.raises(ValidationFailed) as refused:
        product.invoiced(case)
    error = case["expected"]["error"]
    assert [(detail.field, detail.code) for detail in refused.value.details] == [(error["field"], error["code"])]


@pytest.mark.parametrize("case", cases(FILES))
def test_the_order_of_its_lines_changes_no_total(case: dict[str, Any]) -> None:
    found = product.figures(product.invoiced(case | {"lines": case["lines"][::-1]}))
    expected = comparable(case["expected"])
    assert {**found, "lines": None} == {**expected, "lines": None}


def items_of(invoice: Invoice, given: list[dict[str, Any]] | None) -> Note:
    """The items of a credit note; None is all that is left."""
    if given is None:
        return None
    items = {}
    for item in given:
        kind, measure = item
        value = invoice.minor(item[measure]) if measure == "amount" else Fraction(item[measure])
        items[invoice.place(kind, item[kind])] = Item(measure, value)
    return items


@pytest.mark.parametrize("case", cases(NOTES))
def test_a_vector_of_credit_notes(case: dict[str, Any]) -> None:
    """They credit everything, one after the other."""
    opinion, invoice = computed(case), product.invoiced(case)
    notes = [items_of(opinion, given) for given in case["credit_notes"]]
    expected = list(map(comparable, case["expected"]["credit_notes"]))
    for crediting in (product.Crediting(invoice), Crediting(opinion)):
        assert [crediting.note(items) for items in notes] == expected
    whole = product.figures(invoice)
    for name in NAMES:
        assert sum(Decimal(note[name]) for note in expected) == Decimal(whole[name])


def numbers(text: str) -> list[str]:
    """The JSON numbers in a text."""
    found: list[str] = []
    json.loads(text, parse_int=found.append, parse_float=found.append)
    return found


def test_names_are_unique_and_every_decimal_is_a_string() -> None:
    assert sum(map(len, FILES.values())) > 60
    for file, found in FILES.items():
        assert len({case["name"] for case in found}) == len(found), file
        assert not numbers((FOLDER / f"{file}.json").read_text()), file


def test_the_examples_of_the_docs_are_vectors() -> None:
    """docs/reference/totals.md names the vector of each example, and its totals."""
    text = (ROOT / "docs" / "reference" / "totals.md").read_text()
    examples = re.findall(r"\*\*Example\*\* \(`(\w+)`, “([^”]+)”\)(.*?)(?=\n\n)", text, re.DOTALL)
    assert len(examples) >= 6
    for file, name, words in examples:
        (case,) = (case for case in FILES[file] if case["name"] == name)
        expected = case["expected"]
        for amount in {expected[name] for name in NAMES}:
            assert not Decimal(amount) or amount in words, (name, amount)
