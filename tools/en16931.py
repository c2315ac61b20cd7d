"""Writes docs/reference/en16931.md from tools/en16931_terms.psv and the schemas; with --check it only compares.

Each term of EN 16931-1:2017 has a row there: its number, the official examples that use it, its name, whether it is
given, derived or not supported, the fields of an invoice's response that say it, and a remark.
"""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple

from tools.openapi import FILE as OPENAPI
from tools.openapi import ROOT

TERMS = ROOT / "tools" / "en16931_terms.psv"
FILE = ROOT / "docs" / "reference" / "en16931.md"
EXAMPLES = 53
"""The examples that were read: 16 of the standard's committee, 7 of Peppol, 30 of XRechnung."""

STATES = {"given": "given", "derived": "derived", "no": "**not supported**"}
HEAD = """# EN 16931

The European standard for electronic invoices, EN 16931-1:2017, names 164 business terms.
XRechnung, Peppol BIS Billing, Factur-X and most national formats are made of them.
This page says for each where an [invoice](invoices.md) has it.
A term is **given** by you, **derived** from what you gave, or **not supported**, and then the page says why.

A field is written as in the response.
`seller` is your [account](account.md) and `buyer` the [customer](customers.md), as they were when it was issued.
"Used" is the share of {examples} official example invoices that have the term.
16 of them are by the standard's committee, 7 of Peppol and 30 of XRechnung.

{given} terms are given, {derived} derived, and {no} not supported.
Of those that at least one example in ten uses, {missing}.
"""


class Term(NamedTuple):
    """A business term; ``uses`` is the number of examples that have it."""

    number: str
    uses: int
    name: str
    state: str
    fields: tuple[str, ...]
    remark: str

    @property
    def share(self) -> float:
        """The share of the examples."""
        return self.uses / EXAMPLES


def terms() -> Iterator[tuple[str, str] | Term]:
    """Yield groups, as number and name, and the terms in them."""
    for row in TERMS.read_text().splitlines():
        number, *rest = row.split("|")
        if number.startswith("BG-"):
            yield number, rest[0]
        else:
            uses, name, state, fields, remark = rest
            yield Term(number, int(uses), name, state, tuple(filter(None, fields.split(", "))), remark)


def missing_fields() -> list[str]:
    """Return the fields of the table that no invoice in a response has."""
    schemas = json.loads(OPENAPI.read_text())["components"]["schemas"]
    named = {field for term in terms() if isinstance(term, Term) for field in term.fields}
    return sorted(field for field in named if not _has(schemas["Invoice"], field.split("."), schemas))


def _has(schema: dict[str, Any], path: list[str], schemas: dict[str, Any]) -> bool:
    """Whether objects of a schema have a field."""
    if not path:
        return True
    name, *rest = path
    found = _resolved(schema, schemas)["properties"].get(name.removesuffix("[]"))
    if found is None:
        return False
    found = _resolved(found, schemas)
    if name.endswith("[]"):
        found = _resolved(found["items"], schemas)
    return not rest or _has(found, rest, schemas)


def _resolved(schema: dict[str, Any], schemas: dict[str, Any]) -> dict[str, Any]:
    """Follow references, and leave out null."""
    if "$ref" in schema:
        return _resolved(schemas[schema["$ref"].rpartition("/")[2]], schemas)
    choices = [each for each in schema.get("anyOf", ()) if each.get("type") != "null"]
    return _resolved(choices[0], schemas) if choices else schema


def written() -> str:
    """Return the page."""
    rows = list(terms())
    states = Counter(row.state for row in rows if isinstance(row, Term))
    missing = [row.number for row in rows if isinstance(row, Term) and row.state == "no" and row.share >= 0.1]
    words = f"all but {' and '.join(missing)} can be said" if missing else "all can be said"
    head = HEAD.format(examples=EXAMPLES, missing=words, **states)
    return head + "".join(_section(row) if not isinstance(row, Term) else _row(row) for row in rows)


def _section(group: tuple[str, str]) -> str:
    number, name = group
    title = name if number == "BG-0" else f"{name} ({number})"
    return f"\n## {title}\n\n| Term | Name | Used | | Field |\n|---|---|---|---|---|\n"


def _row(term: Term) -> str:
    fields = ", ".join(f"`{field}`" for field in term.fields)
    where = "; ".join(filter(None, (fields, term.remark)))
    return f"| {term.number} | {term.name} | {term.share:.0%} | {STATES[term.state]} | {where} |\n"


def main() -> int:
    """Write the page, or with --check exit 1 when it is stale or names fields that do not exist."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--check", action="store_true", help="write nothing; exit 1 when the page is stale")
    if not arguments.parse_args().check:
        FILE.write_text(written())
    elif FILE.read_text() != written():
        print("error: the page of EN 16931 is stale: run python -m tools.en16931", file=sys.stderr)
        return 1
    if missing := missing_fields():
        print(f"error: no invoice has {', '.join(missing)}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
