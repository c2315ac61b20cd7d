"""Any text, however nasty, ends within its limits: in one exception or in what clients may see."""

import re
import time
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from invoicing_documents.own_texts import rendering
from invoicing_documents.own_texts.budget import LONGEST_OUTPUT, TextFailed
from invoicing_documents.own_texts.checking import check
from invoicing_documents.own_texts.filters import FILTERS, TESTS
from invoicing_documents.own_texts.operators import ARITHMETIC
from invoicing_documents.own_texts.parsing import NODES, parse
from invoicing_documents.own_texts.rendering import Rendering, finished
from invoicing_documents.own_texts.values import Value, kind_of
from invoicing_documents.own_texts.variables import TEMPLATE_KINDS
from invoicing_documents.wording import wording_for
from tests.documents.own_texts.sample_texts import MOST_BYTES, MOST_SECONDS, largest, peak_of, seen
from tests.examples import examples

VARIABLES = seen(largest())
INTERNALS = re.compile(r"<class|object at 0x|built-in|bound method|function <|Decimal\(|View\(|datetime\.")

NAMES = st.sampled_from(
    ["invoice", "customer", "account", "loop", "a", "x", "self", "lipsum", "cycler", "namespace", "dict", "range"]
)
FIELDS = st.sampled_from(
    [
        *sorted({name for kind in TEMPLATE_KINDS.values() for name in kind.fields}),
        "__class__", "__init__", "__globals__", "__dict__", "_x", "subject", "kind", "read", "mro", "format", "append",
    ]
)  # fmt: skip
NUMBERS = st.sampled_from(["0", "1", "-1", "2", "0.1", "500", "100000", "999999999999999", "1000000000", "1e15"])
WORDS = st.sampled_from(["''", "'a'", "'%s'", "'{:>9999999}'", "'ß'", "'ΐ&<'", "'\\n'", "'" + "ab" * 400 + "'"])
JINJA_FILTERS = "attr batch center dictsort escape forceescape format groupby indent items list pprint random reject "
JINJA_FILTERS += "rejectattr reverse safe select selectattr slice sort string striptags tojson unique urlencode urlize "
JINJA_FILTERS += "wordcount wordwrap xmlattr filesizeformat float int min max"
FILTER_NAMES = st.sampled_from([*list(FILTERS) * 12, *JINJA_FILTERS.split()])
OPERATORS = st.sampled_from(["+", "-", "*", "/", "//", "%", "~", "**", "<", "==", "in", "not in", "and", "or"])


def larger(part: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(
        st.tuples(part, OPERATORS, part).map(lambda p: f"({' '.join(p)})"),
        st.tuples(part, FIELDS).map(lambda p: f"{p[0]}.{p[1]}"),
        st.tuples(part, part).map(lambda p: f"{p[0]}[{p[1]}]"),
        st.tuples(part, FIELDS).map(lambda p: f"{p[0]}['{p[1]}']"),
        st.tuples(part, NUMBERS, NUMBERS).map(lambda p: f"{p[0]}[{p[1]}:{p[2]}]"),
        st.tuples(part, FILTER_NAMES).map(lambda p: f"({p[0]}|{p[1]})"),
        st.tuples(part, FILTER_NAMES, part).map(lambda p: f"({p[0]}|{p[1]}({p[2]}))"),
        st.tuples(part, FILTER_NAMES, part, part).map(lambda p: f"({p[0]}|{p[1]}({p[2]}, {p[3]}))"),
        st.tuples(part, FIELDS).map(lambda p: f"({p[0]}|map(attribute='{p[1]}')|join(', '))"),
        st.tuples(part, FIELDS).map(lambda p: f"({p[0]}|sum(attribute='{p[1]}'))"),
        st.tuples(part, st.sampled_from([*TESTS, "callable", "mapping"])).map(lambda p: f"({p[0]} is {p[1]})"),
        st.lists(part, max_size=3).map(lambda p: f"[{', '.join(p)}]"),
        st.tuples(part, part, part).map(lambda p: f"({p[0]} if {p[1]} else {p[2]})"),
        part.map("(-{})".format),
        part.map("(not {})".format),
    )


def blocks(part: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(
        st.lists(part, min_size=1, max_size=4).map("".join),
        st.tuples(EXPRESSIONS, part).map(lambda p: f"{{% for a in {p[0]} %}}{p[1]}{{% endfor %}}"),
        part.map("{{% for a in invoice.items %}}{}{{% endfor %}}".format),
        st.tuples(EXPRESSIONS, part, part).map(lambda p: f"{{% if {p[0]} %}}{p[1]}{{% else %}}{p[2]}{{% endif %}}"),
        st.tuples(EXPRESSIONS, part).map(lambda p: f"{{% with x = {p[0]} %}}{p[1]}{{% endwith %}}"),
    )


EXPRESSIONS = st.recursive(st.one_of(NAMES, NUMBERS, WORDS, st.just("invoice.items")), larger, max_leaves=6)
STATEMENTS = st.one_of(
    EXPRESSIONS.map("{{{{ {} }}}}".format),
    EXPRESSIONS.map("{{% set x = {} %}}".format),
    EXPRESSIONS.map("{{% set x = {} %}}{{{{ x }}}}".format),
    st.sampled_from(
        ["{% set x = 'ab' %}", "{% set x = x ~ x %}", "{% set x = [x, x] %}", "{{ x }}", "{% set x = x * x %}"]
    ),
    st.sampled_from(["{% include x %}", "{% macro m() %}{% endmacro %}", "{{ x() }}", "{% raw %}", "{#", "%}"]),
)


def longer(part: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(
        st.tuples(part, part).map(" ~ ".join).map("({})".format),
        st.tuples(part, part, part).map(lambda p: f"{p[0]}|replace({p[1]}, {p[2]})"),
        st.tuples(part, part, part).map(lambda p: f"[{p[0]}, {p[1]}, x, x]|join({p[2]})"),
        st.tuples(part, st.sampled_from(["items", "items[9:]"])).map(lambda p: f"(invoice.{p[1]}|join({p[0]}))"),
        st.tuples(part, st.sampled_from(["upper", "title", "trim", "truncate(9000)", "first"])).map("|".join),
        part.map("({})[1:]".format),
        part.map("(none|default({}))".format),
    )


GROWING = st.recursive(
    st.sampled_from(["x", "x", "'a'", "'ΐ&<'", "invoice.notes", "customer.address", "invoice.due_date", "a"]),
    longer,
    max_leaves=5,
)
PRINTED = st.one_of(GROWING.map("{{{{ {} }}}}".format), GROWING.map("{{% set x = {} %}}".format))
TEXTS = st.one_of(
    st.recursive(STATEMENTS, blocks, max_leaves=8),
    st.recursive(PRINTED, blocks, max_leaves=12).map("{{% set x = 'ab' %}}{{% set a = 1 %}}{}{{{{ x }}}}".format),
)


class Watched(Rendering):
    """Looks at every value that a text gets hold of."""

    def value(self, node: Any) -> Value:
        value = super().value(node)
        assert kind_of(value), "its type is one of the declared ones"
        for item in value if isinstance(value, tuple) else ():
            assert kind_of(item) != "a list"
        return value


@pytest.mark.slow
@settings(max_examples=examples(150), deadline=None)
@given(TEXTS)
def test_any_text_ends_within_its_limits(source: str) -> None:
    began = time.process_time()
    check(source, "message")
    try:
        text = finished(Watched(VARIABLES, wording_for("de"), html=True), parse(source)).text
    except TextFailed:
        text = ""
    assert time.process_time() - began < 2 * MOST_SECONDS
    assert len(text) <= LONGEST_OUTPUT
    assert not INTERNALS.search(text)


@pytest.mark.slow
@settings(max_examples=examples(40), deadline=None)
@given(TEXTS)
def test_any_text_takes_little_memory(source: str) -> None:
    wording = wording_for("de")
    assert peak_of(lambda: rendering.render_text(source, VARIABLES, wording, html=True)) < MOST_BYTES


@settings(max_examples=examples(50), deadline=None)
@given(st.text(max_size=40).map(lambda text: text.translate({ord("'"): None, ord("\\"): None})))
def test_no_name_leads_beyond_the_declared_fields(name: str) -> None:
    assert VARIABLES.keys() == TEMPLATE_KINDS.keys()
    for kind, view in TEMPLATE_KINDS.items():
        for inner in (name, f"_{name}", f"__{name}__"):
            if inner not in view.fields:
                assert check("{{ " + f"{kind}['{inner}']" + " }}", "message", TEMPLATE_KINDS) is not None


def test_no_field_begins_with_an_underscore() -> None:
    kinds = [*TEMPLATE_KINDS.values(), rendering.LOOP]
    kinds += [each.kind for kind in kinds for each in kind.fields.values() if not isinstance(each.kind, str)]
    assert {kind.name for kind in kinds} == {"invoice", "customer", "account", "payment", "statement", "loop", "item"}
    assert not [name for kind in kinds for name in kind.fields if not re.fullmatch("[a-z][a-z0-9_]*", name)]


def test_every_node_that_is_let_in_is_evaluated() -> None:
    statements = {name.removeprefix("_run_") for name in vars(Rendering) if name.startswith("_run_")}
    expressions = {name.removeprefix("_") for name in vars(Rendering) if re.fullmatch("_[a-z]+", name)}
    parts = {"templatedata", "keyword", "operand", "slice"}
    assert {name.lower() for name in NODES - ARITHMETIC.keys()} <= statements | expressions | parts


def test_values_are_of_declared_kinds_only() -> None:
    assert kind_of(Decimal(1)) == "a number"
    others: list[Any] = [1, 1.5, {}, [], object, len]
    for value in others:
        with pytest.raises(KeyError):
            kind_of(value)
