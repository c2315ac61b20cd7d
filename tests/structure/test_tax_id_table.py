"""docs/reference/parties.md has the types of tax registrations and of bank codes that the code has."""

import re
from pathlib import Path
from typing import get_args

from invoicing.domain.parties.details import RoutingType
from invoicing.domain.parties.tax_ids import TAX_ID_TYPES

PAGE = (Path(__file__).parents[2] / "docs/reference/parties.md").read_text(encoding="utf-8")


def test_every_type_has_its_row() -> None:
    rows = re.findall(r"^\| `(\w+)` \| (.+) \| (.+) \| (yes|no) \| (?:`(.*)`)? ?\|$", PAGE, re.MULTILINE)
    assert rows == [
        (
            name,
            kind.meaning,
            kind.label or ("VAT number" if name.endswith("_vat") else "tax number"),
            "yes" if kind.module else "no",
            kind.example,
        )
        for name, kind in TAX_ID_TYPES.items()
    ]


def test_every_code_of_a_bank_has_its_row() -> None:
    table = PAGE[PAGE.index("| `routing.type` |") : PAGE.index("A code of another form")]
    assert sorted(re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE)) == sorted(get_args(RoutingType))
