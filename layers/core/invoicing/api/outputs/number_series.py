"""Number series in responses."""

from typing import TypedDict

from invoicing.operations.account.get_account import OwnSeries


class NumberSeriesOutput(TypedDict):
    """A number series; ``next`` is what the next number of today's period counts."""

    id: str
    name: str
    document_type: str
    pattern: str
    next: int
    reset: str
    default: bool


def number_series_output(series: OwnSeries) -> NumberSeriesOutput:
    """Return a number series as responses show it."""
    settings = series.settings
    return NumberSeriesOutput(
        id=settings.id,
        name=settings.name,
        document_type=settings.document_type,
        pattern=settings.pattern,
        next=series.next_value,
        reset=settings.reset,
        default=settings.default,
    )


def number_series_links(series: OwnSeries) -> dict[str, str | None]:
    """Return the links of a number series."""
    series_id = series.settings.id
    return {
        "self": f"/number-series/{series_id}",
        "numbering_audit": f"/account/numbering/audit?series_id={series_id}",
        "account": "/account",
    }
