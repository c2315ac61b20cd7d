"""The second implementation of the rules gives every published vector: its figures were worked out by hand."""

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from tests.domain.money.second_opinion.credit import Crediting, Item
from tests.domain.money.second_opinion.figures import figures
from tests.domain.money.second_opinion.invoices import Invoice, computed

FOLDER = Path(__file__).parent / "vectors"


def accepted(*files: Path) -> list[Any]:
    return [
        pytest.param(case, id=f"{file.stem}: {case['name']}")
        for file in sorted(files)
        for case in json.loads(file.read_text())["cases"]
        if "error" not in case["expected"]
    ]


def comparable(figures: dict[str, Any]) -> dict[str, Any]:
    """Rates compare as numbers."""
    groups = [{**group, "tax_rate": Fraction(group["tax_rate"])} for group in figures["tax_breakdown"]]
    return {**figures, "tax_breakdown": groups}


@pytest.mark.parametrize("case", accepted(*FOLDER.glob("*.json")))
def test_of_an_invoice(case: dict[str, Any]) -> None:
    assert figures(computed(case)) == comparable(case["expected"])


def note(invoice: Invoice, items: list[dict[str, Any]] | None) -> dict[int, Item] | None:
    if items is None:
        return None
    found = {}
    for item in items:
        kind, measure = item
        value = invoice.minor(item[measure]) if measure == "amount" else Fraction(item[measure])
        found[invoice.place(kind, item[kind])] = Item(measure, value)
    return found


@pytest.mark.parametrize("case", accepted(*(FOLDER / "credit_notes").glob("*.json")))
def test_of_credit_notes(case: dict[str, Any]) -> None:
    invoice = computed(case)
    crediting = Crediting(invoice)
    notes = [crediting.note(note(invoice, items)) for items in case["credit_notes"]]
    assert notes == list(map(comparable, case["expected"]["credit_notes"]))
