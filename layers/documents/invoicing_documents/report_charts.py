"""Reports as charts (SVG): bars with their figures as text, readable on light and on dark, without a script.

Colours are attributes that suffice on white and on black; where styles may run they make the text stronger. All figures
are in the description, for those who hear them, and each bar says its own.
"""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from html import escape
from typing import Any, NamedTuple

import orjson

from invoicing.api.outputs.report_files import ReportTable
from invoicing.domain.errors import Detail, InvalidRequest

MOST_BARS = 120
"""The most bars of a chart, each of five pixels."""

_WIDTH, _HEIGHT = 720, 360
_LEAST_LEFT, _RIGHT, _TOP, _BOTTOM = 96, 704, 64, 316
_LETTER = 7
"""Pixels that a character of a label needs at most."""

_COLOURS = ("#3b82f6", "#d97706")
_AGES = {
    "current": "not due",
    "days_1_30": "1–30 days",
    "days_31_60": "31–60 days",
    "days_61_90": "61–90 days",
    "days_over_90": "91+ days",
}
_STYLE = (
    "text{fill:#1f2937}line{stroke:#9ca3af}@media(prefers-color-scheme:dark){text{fill:#e5e7eb}line{stroke:#6b7280}}"
)


class Bar(NamedTuple):
    """A bar: its label, and the value of each series, which are stacked."""

    label: str
    values: tuple[Decimal, ...]


class Drawing(NamedTuple):
    """What a chart shows: a title, the names of its series, and the bars."""

    name: str
    title: str
    series: tuple[str, ...]
    bars: Sequence[Bar]


def chart(table: ReportTable) -> str:
    """Return the chart of a report, in one currency: all converted, where the report has that.

    `InvalidRequest` ``QUERY_TOO_BROAD`` for more than `MOST_BARS`.
    """
    currency, rows = _of_one_currency(table)
    if len(rows) > MOST_BARS:
        message = f"A chart has at most {MOST_BARS} parts; request a shorter period or a longer interval."
        raise InvalidRequest("QUERY_TOO_BROAD", message, (Detail("interval", message, "QUERY_TOO_BROAD"),))
    return "".join(_svg(_DRAWN[table.name](table, currency, rows)))


def _of_one_currency(table: ReportTable) -> tuple[str, list[Mapping[str, Any]]]:
    converted = [row for row in table.rows if row.get("conversion") == "converted"]
    rows = converted or [row for row in table.rows if row.get("conversion") is None]
    base = table.head["base_currency"]
    currencies = sorted({row["currency"] for row in rows}, key=lambda currency: (currency != base, currency))
    currency = currencies[0] if currencies else base
    return currency, [row for row in rows if row["currency"] == currency]


def _revenue(table: ReportTable, currency: str, rows: Sequence[Mapping[str, Any]]) -> Drawing:
    title = f"Net revenue by {table.head['interval']}, {' to '.join(table.days)}, in {currency}"
    return Drawing(table.name, title, ("net revenue",), [_bar(row["period"], row, "revenue") for row in rows])


def _aging(table: ReportTable, currency: str, rows: Sequence[Mapping[str, Any]]) -> Drawing:
    title = f"Open by days since the due date, as of {table.days[0]}, in {currency}"
    return Drawing(table.name, title, ("open",), [_bar(label, row, of) for row in rows for of, label in _AGES.items()])


def _forecast(table: ReportTable, currency: str, rows: Sequence[Mapping[str, Any]]) -> Drawing:
    title = f"Due by week, {' to '.join(table.days)}, in {currency}"
    bars = [_bar(row["period"], row, "open", "recurring") for row in rows]
    return Drawing(table.name, title, ("open", "recurring"), bars)


_DRAWN = {"revenue": _revenue, "aging": _aging, "forecast": _forecast}


def _bar(label: str, row: Mapping[str, Any], *names: str) -> Bar:
    return Bar(label, tuple(Decimal(orjson.dumps(row[name]).decode()) for name in names))


class _Scale:
    """Where values are: ``ticks`` are round, and the first and the last hold all bars.

    ``left`` is where the bars begin, beside the names of the ticks.
    """

    def __init__(self, bars: Sequence[Bar]) -> None:
        highest = max((sum(value for value in bar.values if value > 0) for bar in bars), default=Decimal(0))
        lowest = min((sum(value for value in bar.values if value < 0) for bar in bars), default=Decimal(0))
        step = _round_step(Fraction(highest) - Fraction(lowest))
        first, last = Fraction(lowest) // step, -(-Fraction(highest) // step)
        self.ticks = [number * step for number in range(first, max(last, first + 1) + 1)]
        self.left = max(_LEAST_LEFT, max(len(_tick(tick)) for tick in self.ticks) * _LETTER + 16)

    def y(self, value: Decimal | Fraction) -> int:
        """The height of a value, in pixels from the top."""
        low, high = self.ticks[0], self.ticks[-1]
        return round(_BOTTOM - (Fraction(value) - low) * (_BOTTOM - _TOP) / (high - low))


def _round_step(span: Fraction) -> Fraction:
    """Return 1, 2 or 5 times a power of ten, of which a span has at most five."""
    step = Fraction(1, 1000)
    while True:
        for factor in (1, 2, 5):
            if span <= 5 * factor * step:
                return factor * step
        step *= 10


def _svg(drawing: Drawing) -> Iterator[str]:
    scale = _Scale(drawing.bars)
    name, title = escape(drawing.name), escape(drawing.title)
    yield f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" width="{_WIDTH}"'
    yield f' height="{_HEIGHT}" role="img" aria-labelledby="{name}-title {name}-desc"'
    yield ' font-family="system-ui,sans-serif" font-size="12">'
    yield f'<title id="{name}-title">{title}</title><desc id="{name}-desc">{escape(_described(drawing))}</desc>'
    yield f"<style>{_STYLE}</style>"
    yield f'<text x="16" y="24" fill="#757575" font-size="14" font-weight="600">{title}</text>'
    yield from _legend(drawing.series, scale.left)
    for tick in scale.ticks:
        y = scale.y(tick)
        strong = "1" if tick == 0 else "0.4"
        yield f'<line x1="{scale.left}" x2="{_RIGHT}" y1="{y}" y2="{y}" stroke="#8a8a8a" stroke-opacity="{strong}"/>'
        yield f'<text x="{scale.left - 8}" y="{y + 4}" fill="#757575" text-anchor="end">{_tick(tick)}</text>'
    yield from _bars(drawing, scale)
    yield "</svg>\n"


def _described(drawing: Drawing) -> str:
    return "; ".join(f"{bar.label}: {_said(bar, drawing.series)}" for bar in drawing.bars) or "Nothing."


def _said(bar: Bar, series: Sequence[str]) -> str:
    if len(series) == 1:
        return f"{bar.values[0]:,}"
    return ", ".join(f"{name} {value:,}" for name, value in zip(series, bar.values, strict=True))


def _legend(series: Sequence[str], left: int) -> Iterator[str]:
    if len(series) > 1:
        for place, (name, colour) in enumerate(zip(series, _COLOURS, strict=False)):
            x = left + 112 * place
            yield f'<rect x="{x}" y="36" width="12" height="12" fill="{colour}"/>'
            yield f'<text x="{x + 18}" y="46" fill="#757575">{escape(name)}</text>'


def _bars(drawing: Drawing, scale: _Scale) -> Iterator[str]:
    slot = Fraction(_RIGHT - scale.left, max(len(drawing.bars), 1))
    width = max(round(slot * Fraction(7, 10)), 2)
    longest = max((len(bar.label) for bar in drawing.bars), default=1)
    are_shown = all(len(_figure(bar)) * _LETTER <= slot for bar in drawing.bars)
    each = -(-(longest * _LETTER + 4) // slot)
    for place, bar in enumerate(drawing.bars):
        middle = round(scale.left + slot * place + slot / 2)
        yield f"<g><title>{escape(bar.label)}: {escape(_said(bar, drawing.series))}</title>"
        yield from _stack(bar, scale, middle - width // 2, width)
        if are_shown and any(bar.values):
            top = scale.y(sum((value for value in bar.values if value > 0), Decimal(0)))
            yield f'<text x="{middle}" y="{top - 5}" fill="#757575" text-anchor="middle">{_figure(bar)}</text>'
        if place % each == 0:
            x, y = middle, _BOTTOM + 18
            yield f'<text x="{x}" y="{y}" fill="#757575" text-anchor="middle">{escape(bar.label)}</text>'
        yield "</g>"


def _figure(bar: Bar) -> str:
    return f"{sum(bar.values, Decimal(0)):,}"


def _stack(bar: Bar, scale: _Scale, x: int, width: int) -> Iterator[str]:
    """Yield the parts of a bar, those above 0 upwards and the others downwards."""
    up = down = Decimal(0)
    for value, colour in zip(bar.values, _COLOURS, strict=False):
        begin = up if value > 0 else down
        up, down = (up + value, down) if value > 0 else (up, down + value)
        top, bottom = sorted((scale.y(begin), scale.y(begin + value)))
        if value:
            height = max(bottom - top, 1)
            yield f'<rect x="{x}" y="{top}" width="{width}" height="{height}" fill="{colour}"/>'


def _tick(value: Fraction) -> str:
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return f"{exact.normalize():,f}"
