"""What a text of a client costs: to parse, to render and to check it, beside Jinja2's own sandbox.

    python -m benchmarks.own_texts

A usual reminder of 20 values, for invoices of 2 and of 500 lines. Jinja2 renders the same text over the same values
as plain objects, with numbers and dates already written in the document's language.
"""

import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from statistics import median
from types import SimpleNamespace
from typing import Any

sys.path += [str(Path(__file__).resolve().parent.parent / "layers" / layer) for layer in ("core", "documents")]

from jinja2.sandbox import ImmutableSandboxedEnvironment

from invoicing.domain.invoices.invoice import Invoice
from invoicing_documents.own_texts import parsing
from invoicing_documents.own_texts.checking import check
from invoicing_documents.own_texts.rendering import Rendering, finished, render_text
from invoicing_documents.own_texts.values import Value, View, written
from invoicing_documents.own_texts.variables import variables_of
from invoicing_documents.wording import wording_for
from tests.documents.sample_invoices import SELLER, TWO_LINES, invoice_of, many_lines

TEXT = """Dear {{ customer.name }},

our invoice {{ invoice.number }} of {{ invoice.issue_date }} over {{ invoice.total }} was due on {{ invoice.due_date }}.
{% if invoice.amount_paid %}
You paid {{ invoice.amount_paid }}.
{% endif %}
{% for item in invoice.items %}
- {{ item.description }}: {{ item.quantity }} {{ item.unit }} × {{ item.unit_price }} = {{ item.total }}
{% endfor %}
Please pay {{ invoice.amount_due }} to {{ account.iban }}, or here: {{ invoice.hosted_url }}

{{ account.name }}
{{ account.address }}
"""
WORDING = wording_for("de")
ROUNDS = 200


def microseconds(work: Callable[[], object]) -> float:
    """The median of the CPU time of some work."""
    times = []
    for _ in range(ROUNDS):
        began = time.process_time_ns()
        work()
        times.append((time.process_time_ns() - began) / 1000)
    return median(times)


def plain(view: View) -> SimpleNamespace:
    """An object as Jinja2 gets it, written in the document's language."""
    return SimpleNamespace(**{name: _plain(view.read(name)) for name in view.kind.fields})


def _plain(value: Value) -> Any:
    if isinstance(value, tuple):
        return [plain(item) for item in value if isinstance(item, View)]
    return written(value, WORDING)


def steps(invoice: Invoice) -> int:
    """How many steps the text takes."""
    rendering = Rendering(variables(invoice), WORDING, html=False)
    before = rendering.budget.steps
    finished(rendering, parsing.parse(TEXT))
    return before - rendering.budget.steps


def variables(invoice: Invoice) -> dict[str, View]:
    """What the text sees."""
    found = variables_of(
        invoice, SELLER, WORDING, today=date(2027, 1, 21), hosted_url="https://api.example.com/i/token"
    )
    return {name: view for name, view in found.items() if isinstance(view, View)}


def main() -> None:
    sandbox = ImmutableSandboxedEnvironment(trim_blocks=True, lstrip_blocks=True)
    rows = [
        (
            "parse",
            microseconds(lambda: parsing.parse.__wrapped__(TEXT)),
            microseconds(lambda: sandbox.from_string(TEXT)),
        ),
        ("check", microseconds(lambda: check(TEXT, "message")), None),
    ]
    for lines in (TWO_LINES, many_lines(500)):
        invoice = invoice_of(lines, currency="EUR")
        values, compiled = variables(invoice), sandbox.from_string(TEXT)
        objects = {name: plain(view) for name, view in values.items()}
        ours = microseconds(lambda values=values: render_text(TEXT, values, WORDING))  # type: ignore[misc]
        theirs = microseconds(lambda objects=objects, compiled=compiled: compiled.render(objects))  # type: ignore[misc]
        rows.append((f"render {len(lines)} lines, {steps(invoice):,} steps", ours, theirs))
    print("| CPU, µs | ours | Jinja2's sandbox |\n|---|---:|---:|")
    for name, ours, other in rows:
        print(f"| {name} | {ours:,.0f} | {'' if other is None else f'{other:,.0f}'} |")


if __name__ == "__main__":
    main()
