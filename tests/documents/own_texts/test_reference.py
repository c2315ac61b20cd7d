"""docs/reference/own-texts.md has the variables, filters, tests, tags and limits of the code."""

import re

from invoicing_documents.own_texts import budget
from invoicing_documents.own_texts.checking import check
from invoicing_documents.own_texts.filters import FILTERS, TESTS
from invoicing_documents.own_texts.rendering import LOOP
from invoicing_documents.own_texts.values import DECIMALS, LARGEST_NUMBER, Variable, ViewKind
from invoicing_documents.own_texts.variables import ITEM, TEMPLATE_KINDS
from tests.documents.own_texts.sample_texts import rendered
from tests.template import ROOT

PAGE = (ROOT / "docs" / "reference" / "own-texts.md").read_text()


def section(title: str) -> str:
    """The text below a heading, up to the next one."""
    found = re.search(rf"^##+ {title}\n(.*?)(?=^##|\Z)", PAGE, re.MULTILINE | re.DOTALL)
    assert found, title
    return found[1]


def rows(title: str) -> list[list[str]]:
    """The cells of a section's table, without its head."""
    lines = [line for line in section(title).splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[1:]]


def spoken(variable: Variable) -> str:
    name = variable.kind.name if isinstance(variable.kind, ViewKind) else variable.kind.value
    return f"list of {name}s" if variable.is_list else name


def test_the_page_has_every_variable() -> None:
    for kind in (*TEMPLATE_KINDS.values(), ITEM, LOOP):
        assert rows(kind.name) == [
            [f"`{name}`", spoken(variable), variable.meaning] for name, variable in kind.fields.items()
        ]


def test_the_page_has_every_filter_and_test() -> None:
    assert rows("Filters") == [[f"`{name}`", each.meaning] for name, each in FILTERS.items()]
    assert rows("Tests") == [[f"`{name}`", each.meaning] for name, each in TESTS.items()]


def test_the_page_has_the_limits() -> None:
    limits = [int(re.sub(r"\D", "", value)) for _, value in rows("Limits")]
    assert limits == [
        budget.LONGEST_SOURCE,
        budget.LONGEST_OUTPUT,
        budget.LONGEST_VALUE,
        budget.MOST_CHARACTERS,
        budget.MOST_STEPS,
        budget.DEEPEST,
        DECIMALS,
        len(str(LARGEST_NUMBER - 1)),
    ]


def test_the_example_is_right() -> None:
    example = PAGE.split("```\n")[1]
    assert check(example, "message") is None
    assert "- Consulting services: €1,620.00\n" in rendered(example)


def test_each_filter_says_what_it_does() -> None:
    shown = {
        "abs": ("{{ (-3)|abs }}", "3"),
        "capitalize": ("{{ 'aB c'|capitalize }}", "Ab c"),
        "d": ("{{ none|d('x') }}", "x"),
        "date": ("{{ invoice.due_date|date('iso') }}", "2026-12-22"),
        "default": ("{{ ''|default('x') }}", "x"),
        "first": ("{{ [3, 4]|first }}", "3"),
        "join": ("{{ [3, 4]|join(' or ') }}", "3 or 4"),
        "last": ("{{ [3, 4]|last }}", "4"),
        "length": ("{{ [3, 4]|length }}", "2"),
        "lower": ("{{ 'AB'|lower }}", "ab"),
        "map": ("{{ invoice.items|map('quantity')|join(' ') }}", "10 1"),
        "number": ("{{ invoice.total|number }}", "1,836.00"),
        "percent": ("{{ 0.19|percent }}", "19%"),
        "replace": ("{{ 'aba'|replace('a', 'x') }}", "xbx"),
        "round": ("{{ 2.345|round(2) }}", "2.35"),
        "sum": ("{{ invoice.items|sum(attribute='total') }}", "€1,836.00"),
        "title": ("{{ 'ab cd'|title }}", "Ab Cd"),
        "trim": ("{{ ' a '|trim }}", "a"),
        "truncate": ("{{ 'ab cd'|truncate(4) }}", "ab…"),
        "upper": ("{{ 'ab'|upper }}", "AB"),
    }
    assert shown.keys() == FILTERS.keys()
    assert {name: rendered(source) for name, (source, _) in shown.items()} == {
        name: text for name, (_, text) in shown.items()
    }
