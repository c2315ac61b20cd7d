"""Texts that would take a machine down are refused, and those that nobody checked stop in time; the next one works."""

import pytest

from invoicing_documents.own_texts.budget import (
    DEEPEST,
    INVALID,
    LONGEST_OUTPUT,
    LONGEST_SOURCE,
    LONGEST_VALUE,
    MOST_STEPS,
    TOO_EXPENSIVE,
    TextFailed,
)
from invoicing_documents.own_texts.checking import check
from invoicing_documents.own_texts.rendering import render_text
from invoicing_documents.wording import wording_for
from tests.documents.own_texts.sample_texts import afforded, largest, rendered, seen

BILLION = "1000000000"
ITEMS = "{% for a in invoice.items %}"
END = "{% endfor %}"

REFUSED = {
    # Measured on jinja2 3.1.6: its sandbox runs all of these, within no limit.
    "text times number": "{{ 'A' * " + BILLION + " }}",
    "number times text": "{{ " + BILLION + " * 'A' }}",
    "list times number": "{{ [0] * " + BILLION + " }}",
    "center": "{{ 'A'|center(" + BILLION + ") }}",
    "indent": "{{ 'a\\nb'|indent(" + BILLION + ") }}",
    "format filter": "{{ '%" + BILLION + "d'|format(1) }}",
    "format operator": "{{ '%" + BILLION + "d' % 1 }}",
    "format method": "{{ '{:>" + BILLION + "}'.format(1) }}",
    "format_map method": "{{ '{a.__class__}'.format_map({'a': 1}) }}",
    "ljust": "{{ 'a'.ljust(" + BILLION + ") }}",
    "power": "{{ 10 ** 100000000 }}",
    "power while compiling": "{{ 10 ** 3000000 }}",
    "power of powers": "{{ 9 ** 9 ** 9 ** 9 }}",
    "lipsum": "{{ lipsum(n=100000) }}",
    "range": "{% for a in range(100000) %}{% for b in range(100000) %}{% endfor %}{% endfor %}",
    "namespace": "{% set n = namespace(x='ab') %}" + "{% set n.x = n.x ~ n.x %}" * 40,
    "dict": "{{ dict(a=1) }}{{ {'a': 1} }}",
    "cycler": "{{ cycler('a') }}",
    "joiner": "{{ joiner('a') }}",
    "batch": "{{ invoice.items|batch(" + BILLION + ", 'x')|list }}",
    "slice filter": "{{ invoice.items|slice(" + BILLION + ") }}",
    "tojson": "{{ invoice|tojson(indent=" + BILLION + ") }}",
    "wordwrap": "{{ invoice.number|wordwrap(1, wrapstring='x') }}",
    "urlize": "{{ invoice.number|urlize }}",
    "pprint": "{{ invoice|pprint }}",
    "xmlattr": "{{ invoice|xmlattr }}",
    # What reaches into the program.
    "class": "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "attr": "{{ invoice|attr('__class__') }}",
    "attr of a method": "{{ ('{0.__class__}'|attr('format'))(invoice) }}",
    "map with a dunder": "{{ [invoice]|map(attribute='__class__')|join }}",
    "sum with a dunder": "{{ invoice.items|sum(attribute='__class__') }}",
    "item with a dunder": "{{ invoice['__class__'] }}",
    "item made of parts": "{{ invoice['__cla' ~ 'ss__'] }}",
    "subject": "{{ invoice.subject }}",
    "kind": "{{ invoice.kind.fields }}",
    "self": "{{ self.__init__.__globals__ }}",
    "loop": ITEMS + "{{ loop.__init__ }}" + END,
    "changing": "{{ invoice.items.append(1) }}",
    "include": "{% include 'x' %}",
    "import": "{% import 'x' as x %}",
    "from": "{% from 'x' import y %}",
    "extends": "{% extends 'x' %}",
    "macro": "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
    "call": "{% call m() %}{% endcall %}",
    "block": "{% block a %}{{ self.a() }}{% endblock %}",
    "filter block": "{% filter upper %}a{% endfilter %}",
    "set block": "{% set x %}a{% endset %}",
    "autoescape": "{% autoescape false %}{{ customer.name }}{% endautoescape %}",
    "recursive loop": "{% for a in invoice.items recursive %}{{ loop(invoice.items) }}{% endfor %}",
    "arguments unpacked": "{{ 'a'|replace(*invoice.items) }}{{ 'a'|replace(**invoice) }}",
    "unpacking": "{% for a, b in invoice.items %}{% endfor %}",
    "step of a slice": "{{ 'abc'[::-1] }}",
    # Lists of lists double without a copy, until something walks through them.
    "list of lists": "{% set x = [1, 2] %}" + "{% set x = [x, x] %}" * 40 + "{{ x }}",
    "lists of lists compared": "{% set x = [1] %}"
    + "{% set x = [x, x] %}" * 27
    + "{% set y = [1] %}"
    + "{% set y = [y, y] %}" * 27
    + "{% if x == y %}{% endif %}",
    "lists by map": "{{ " + str(["invoice"] * 500).replace("'", "") + "|map('items') }}",
    # Numbers.
    "digits": "{{ " + "9" * 6000 + " }}",
    "hexadecimal digits": "{{ 0x" + "f" * 6000 + " }}",
    "exponent": "{{ 1e999999 }}",
    "product": "{{ 999999999999 * 999999999999 }}",
    "growing number": "{% set x = 99999999 %}" + "{% set x = x * x %}" * 40,
    "date": "{{ invoice.due_date + 999999999 }}",
    "round": "{{ 1|round(" + BILLION + ") }}",
    "truncate": "{{ 'a'|truncate(" + BILLION + ") }}",
    "division by zero": "{{ 1 / 0 }}{{ 1 // 0 }}{{ 1 % 0 }}",
    # Not a template.
    "open brackets": "{{" * 4000,
    "open comments": "{#" * 4000,
    "open raw": "{% raw %}" * 1000,
    "open strings": "{{ '" + "\\" * 8000,
    "bad escape": "{{ '\\x' }}{{ '\\N{no such}' }}",
    "operators": "{{ " + "+" * 8000 + " }}",
}

EXPENSIVE = {
    "too long": "x" * (LONGEST_SOURCE + 1),
    "loops in loops": ITEMS * 12 + "x" + END * 12,
    "doubled": "{% set x = 'ab' %}" + "{% set x = x ~ x %}" * 40,
    "doubled by adding": "{% set x = 'ab' %}" + "{% set x = x + x %}" * 40,
    "doubled by replace": "{% set x = 'aa' %}" + "{% set x = x|replace('a', 'aa') %}" * 40,
    "doubled by join": "{% set x = 'ab' %}" + "{% set x = ['', '', '']|join(x) %}" * 40,
    "doubled by default": "{% set x = 'ab' %}" + "{% set x = none|default(x ~ x) %}" * 40,
    "doubled by with": "{% set x = 'ab' %}" + "{% with x = x ~ x %}" * 25 + "{% endwith %}" * 25,
    "replace with nothing but growth": "{{ ('" + "a" * 4000 + "')|replace('a', '" + "b" * 4000 + "') }}",
    "replace, and once more": "{% set x = '" + "a" * 4000 + "'|replace('a', 'bbbb') %}{{ x|replace('b', x) }}",
    "join of long": "{{ [" + "1, " * 1500 + "1]|join('" + "b" * 4000 + "') }}",
    "many long values": "{% set x = '" + "a" * 5000 + "' %}" + "{% set y = x|upper %}" * 60,
    "long list of long values": "{% set x = '" + "a" * 5000 + "' %}{{ [" + "x," * 1000 + "] }}",
    "letters that grow": "{{ ('" + "ΐ" * 9000 + "')|upper }}",
    "printed again and again": "{% set x = '" + "a" * 5000 + "' %}" + "{{ x }}" * 20,
    "escaped": "{{ '" + "&" * 9000 + "' }}" * 1 + "{% set x = '" + "<" * 500 + "' %}" + "{{ x }}" * 20,
    "parentheses": "{{ " + "(" * 200 + "1" + ")" * 200 + " }}",
    "open parentheses": "{{ " + "(" * 9000,
    "brackets": "{{ " + "[" * 4000 + "]" * 4000 + " }}",
    "not": "{{ " + "not " * 2000 + "1 }}",
    "signs": "{{ " + "-" * 3 + "- " * 2000 + "1 }}",
    "sums": "{{ 1" + "+1" * 4000 + " }}",
    "filters": "{{ invoice.number" + "|upper" * 1400 + " }}",
    "attributes": "{{ invoice" + ".customer" * 1000 + " }}",
    "conditions": "{{ " + "1 if 1 else " * 800 + "1 }}",
    "blocks": "{% if 1 %}" * 450 + "{% endif %}" * 450,
    "open blocks": "{% if 1 %}" * 900,
}

PASSING_THE_CHECK = {
    "two loops": ITEMS + "{% for b in invoice.items %}{{ b.total }}" + END + END,
    "long items": ITEMS + "{{ a.description|upper }}" + END,
    "escaped items": ITEMS + "{{ a.description|replace('ß', '&') }}" + END,
    "all in one": "{{ invoice.items }}",
    "joined": "{{ invoice.items|map('description')|join(', ') }}",
    "dates": ITEMS + "{% for b in invoice.items %}{% set d = invoice.due_date|date('full') %}" + END + END,
    "looked for": ITEMS + "{% for b in invoice.items %}{% set d = b in invoice.items %}" + END + END,
    "sums": ITEMS + "{% for b in invoice.items %}{% set d = invoice.items|sum(attribute='total') %}" + END + END,
    "slices": ITEMS + "{% for b in invoice.items %}{% set d = invoice.items[1:] %}" + END + END,
    "addresses": ITEMS + "{% for b in invoice.items %}{% set d = customer.address in account.address %}" + END + END,
    "quotients": ITEMS + "{% for b in invoice.items %}{% set d = b.total / 3 / b.quantity %}" + END + END,
}

NESTED = "(" * (DEEPEST - 1), ")" * (DEEPEST - 1)
PRINTED = "{% set x = '" + "a" * 5000 + "' %}" + "{{ x }}" * (LONGEST_OUTPUT // 5000)


@pytest.mark.parametrize("source", REFUSED.values(), ids=REFUSED)
def test_what_does_not_exist_or_compile_is_refused(source: str) -> None:
    problem = afforded(lambda: check(source, "message"))
    assert problem is not None
    assert problem.field == "message"
    assert problem.line == 1
    assert problem.reason
    assert problem.code in {INVALID, TOO_EXPENSIVE}
    assert check("{{ invoice.number }}", "message") is None


@pytest.mark.parametrize("source", EXPENSIVE.values(), ids=EXPENSIVE)
def test_what_costs_too_much_is_refused(source: str) -> None:
    problem = afforded(lambda: check(source, "message"))
    assert problem is not None
    assert problem.code == TOO_EXPENSIVE
    assert problem.line == 1
    assert check("{{ invoice.number }}", "message") is None


UNCHECKED = {name: source for name, source in (REFUSED | EXPENSIVE).items() if name not in {"self", "escaped"}}


@pytest.mark.slow
@pytest.mark.parametrize("source", UNCHECKED.values(), ids=UNCHECKED)
def test_what_nobody_checked_fails_in_time(source: str) -> None:
    variables = seen(largest())
    with pytest.raises(TextFailed):
        afforded(lambda: render_text(source, variables, wording_for("en")))
    assert rendered("{{ invoice.number }}") == "INV-2026-001"


@pytest.mark.parametrize("source", PASSING_THE_CHECK.values(), ids=PASSING_THE_CHECK)
def test_a_text_that_only_now_gets_too_long_fails_with_one_exception(source: str) -> None:
    assert check(source, "message") is None
    variables = seen(largest())
    with pytest.raises(TextFailed) as failed:
        afforded(lambda: render_text(source, variables, wording_for("en"), html=True))
    assert failed.value.code == TOO_EXPENSIVE
    assert failed.value.line == 1
    assert len(rendered(source)) < 200, "with two lines it does not fail"


@pytest.mark.parametrize(
    ("allowed", "refused"),
    [
        ("x" * LONGEST_SOURCE, "x" * (LONGEST_SOURCE + 1)),
        ("{{ " + "1".join(NESTED) + " }}", "{{ (" + "1".join(NESTED) + ") }}"),
        ("{{ 1" + "+1" * (DEEPEST - 2) + " }}", "{{ 1" + "+1" * (DEEPEST - 1) + " }}"),
        (
            "{{ '" + "a" * (LONGEST_VALUE // 4) + "'|replace('a', 'bbbb') }}",
            "{{ '" + "a" * (LONGEST_VALUE // 4 + 1) + "'|replace('a', 'bbbb') }}",
        ),
        (PRINTED, PRINTED + "b"),
    ],
    ids=["source", "parentheses", "operators", "value", "output"],
)  # fmt: skip
def test_limits_are_exact(allowed: str, refused: str) -> None:
    assert check(allowed, "message") is None
    assert rendered(allowed)
    problem = check(refused, "message")
    assert problem is not None
    assert problem.code == TOO_EXPENSIVE


def test_an_unknown_name_that_nobody_checked_prints_nothing() -> None:
    assert rendered(REFUSED["self"]) == ""


def test_escaping_counts_as_output() -> None:
    assert len(rendered(EXPENSIVE["escaped"])) == 19_000
    with pytest.raises(TextFailed):
        rendered(EXPENSIVE["escaped"], html=True)


def test_five_hundred_lines_fit() -> None:
    source = ITEMS + "- {{ a.description }}: {{ a.quantity }} x {{ a.unit_price }} = {{ a.total }}\n" + END
    invoice = largest()
    short = [line._replace(description=line.description[:3]) for line in invoice.lines]
    text = rendered(source, invoice.__replace__(lines=tuple(short)))
    assert text.count("\n") == 500
    assert MOST_STEPS >= 2 * 500 * 10
