"""What is wrong with a text is said when it is saved, with its line, wherever in it that is."""

import pytest

from invoicing.domain.errors import Detail
from invoicing_documents.own_texts.checking import TextProblem, check

WRONG = {
    "{{ invoice.totl }}": (1, "invoice has no totl; did you mean total?"),
    "{{ invoic.total }}": (1, "there is no invoic; did you mean invoice?"),
    "{{ order.total }}": (1, "there is no order; use one of account, customer, invoice"),
    "Dear {{ customer.name }},\n\n{{ invoice.customer.nam }}": (3, "customer has no nam; did you mean name?"),
    "{{ invoice['totl'] }}": (1, "invoice has no totl; did you mean total?"),
    "{% for item in invoice.items %}\n{{ item.descripton }}\n{% endfor %}": (
        2,
        "item has no descripton; did you mean description?",
    ),
    "{{ invoice.items[40].descripton }}": (1, "item has no descripton; did you mean description?"),
    "{{ (invoice.items|first).totl }}": (1, "item has no totl; did you mean total?"),
    "{{ invoice.items|map('totl')|join }}": (1, "item has no totl; did you mean total?"),
    "{{ invoice.items.description }}": (1, "a list has no description"),
    "{% for item in invoice.items %}{{ loop.idx }}{% endfor %}": (1, "loop has no idx; did you mean index?"),
    "{% for item in invoice.items %}{% endfor %}{{ item }}": (
        1,
        "there is no item; use one of account, customer, invoice",
    ),
    "{{ total }}{% set total = invoice.total %}": (1, "there is no total; use one of account, customer, invoice"),
    "{{ invoice.number|uper }}": (1, "there is no filter uper; did you mean upper?"),
    "{{ invoice.number is evn }}": (1, "there is no test evn; did you mean even?"),
    "{{ invoice.number|replace('a') }}": (
        1,
        "the filter replace takes other arguments: missing a required argument: 'new'",
    ),
    "{{ invoice.number|upper(locale='de') }}": (
        1,
        "the filter upper takes other arguments: got an unexpected keyword argument 'locale'",
    ),
    "{{ invoice.number.upper() }}": (1, "functions cannot be called; use filters, such as {{ invoice.number|upper }}"),
    "{{ invoice.due_date.strftime('%d') }}": (
        1,
        "functions cannot be called; use filters, such as {{ invoice.number|upper }}",
    ),
    "{{ invoice.number + 1 }}": (1, "text + a number cannot be calculated"),
    "{{ invoice.total + invoice.due_date }}": (1, "an amount + a date cannot be calculated"),
    "{{ invoice.total * invoice.total }}": (1, "an amount * an amount cannot be calculated"),
    "{{ 1 / invoice.total }}": (1, "a number / an amount cannot be calculated"),
    "{{ -invoice.number }}": (1, "text has no sign"),
    "{{ invoice.due_date > '2026-12-01' }}": (1, "text and a date cannot be compared"),
    "{{ invoice.number|round }}": (1, "round takes a number, not text"),
    "{{ invoice.items|sum }}": (1, "sum adds numbers and amounts, not item"),
    "{{ invoice.total|date }}": (1, "date takes a date, not an amount"),
    "{{ invoice.due_date|date('%d.%m.%Y') }}": (1, "date takes short, medium, long, full or iso"),
    "{% for letter in invoice.number %}{% endfor %}": (1, "text is not a list"),
    "{{ 1 / 0 }}": (1, "a number is divided by 0"),
    "{% foo %}": (1, "Encountered unknown tag 'foo'."),
    "a\n{% if invoice %}{% endfor %}": (
        2,
        (
            "Encountered unknown tag 'endfor'. Jinja was looking for the following tags: 'elif' or 'else' or 'endif'. "
            "The innermost block that needs to be closed is 'if'."
        ),
    ),
    "\n\n{{ invoice.total": (3, "unexpected end of template, expected 'end of print statement'."),
}

ELSEWHERE = {
    "not taken": "{% if false %}{{ invoice.totl }}{% endif %}",
    "else": "{% if invoice %}{% else %}{{ invoice.totl }}{% endif %}",
    "elif": "{% if invoice %}{% elif invoice.totl %}{% endif %}",
    "body of elif": "{% if invoice %}{% elif false %}{{ invoice.totl }}{% endif %}",
    "else of a loop": "{% for a in invoice.items %}{% else %}{{ invoice.totl }}{% endfor %}",
    "condition of a loop": "{% for a in invoice.items if invoice.totl %}{% endfor %}",
    "and": "{{ false and invoice.totl }}",
    "or": "{{ true or invoice.totl }}",
    "conditional": "{{ 'a' if true else invoice.totl }}",
    "other conditional": "{{ invoice.totl if false else 'a' }}",
    "set": "{% set a = invoice.totl %}",
    "with": "{% with a = invoice.totl %}{% endwith %}",
    "argument": "{{ ''|default(invoice.totl) }}",
    "keyword": "{{ ''|default(other=invoice.totl) }}",
    "test": "{{ 1 is divisibleby(invoice.totl) }}",
    "slice": "{{ 'abc'[:invoice.totl] }}",
    "item": "{{ 'abc'[invoice.totl] }}",
    "list": "{{ [invoice.totl] }}",
    "concatenation": "{{ 'a' ~ invoice.totl }}",
    "comparison": "{{ 1 < 2 < invoice.totl }}",
    "not": "{{ not invoice.totl }}",
    "beside a guard": "{% if invoice.amount_paid %}{{ 1 / 0 }}{{ invoice.totl }}{% endif %}",
}

RIGHT = [
    "",
    "Plain text with { braces } and 100 %",
    "{# {{ nothing.at.all }} #}{% raw %}{{ nothing.at.all }}{% endraw %}",
    "{{ invoice.total / invoice.amount_paid }}",
    "{% for item in invoice.items %}{% if loop.index0 %}{{ 5 / loop.index0 }}{% endif %}{% endfor %}",
    "{% if invoice.purchase_order %}{% set po = invoice.purchase_order %}{% endif %}{{ po }}",
    "{% for item in invoice.items if item.quantity > 1000 %}{{ item }}{% else %}None{% endfor %}",
    "{% if invoice.due_date - invoice.issue_date > 14 and invoice.status in ['sent', 'viewed'] %}{% endif %}",
    "{{ invoice.items[:2]|map('description')|join(' and ') }}",
    "{{ invoice.items|sum(attribute='tax') == invoice.tax }}",
]


@pytest.mark.parametrize("source", WRONG)
def test_a_wrong_text_is_refused_with_line_and_reason(source: str) -> None:
    line, reason = WRONG[source]
    assert check(source, "schedule[0].message") == TextProblem("schedule[0].message", line, reason, "TEMPLATE_INVALID")


@pytest.mark.parametrize("source", ELSEWHERE.values(), ids=ELSEWHERE)
def test_a_wrong_name_is_found_in_every_branch(source: str) -> None:
    problem = check(source, "subject")
    assert problem is not None
    assert problem.reason == "invoice has no totl; did you mean total?"


@pytest.mark.parametrize("source", RIGHT)
def test_a_right_text_has_no_problem(source: str) -> None:
    assert check(source, "message") is None


def test_a_problem_is_a_detail_of_an_error() -> None:
    problem = check("\n{{ invoice.totl }}", "message")
    assert problem is not None
    assert problem.detail == Detail(
        "message", "Line 2: invoice has no totl; did you mean total?", "TEMPLATE_INVALID", line=2, reason=problem.reason
    )
