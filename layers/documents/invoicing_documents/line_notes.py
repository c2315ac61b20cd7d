"""What stands below the description of a line: its details, its identifiers, its attributes and its note."""

from collections.abc import Iterable, Iterator, Sequence

from invoicing.domain.invoices.line_particulars import Classification, LineParticulars
from invoicing_documents.plain_text import one_line, plain_text
from invoicing_documents.wording import NO_BREAK_SPACE, Wording

RIGHT_TO_LEFT = "\N{RIGHT-TO-LEFT MARK}"
_KEPT_TOGETHER = 40
"""Characters of the longest label and value that stand on one line."""

_SCHEMES = {
    "HS": "HS",
    "IB": "ISBN",
    "SRZ": "HTS",
    "SSI": "CAS",
    "STI": "CPV",
    "STL": "ATC",
    "STQ": "eCl@ss",
    "STZ": "NAPCS",
    "TSP": "CN",
}
"""Names of classifications that are the same in every language, by their code in UNTDID 7143."""

_INDIAN_SCHEMES = {"HS": "HSN/SAC"}
"""Codes of goods (HSN) and services (SAC) share one name on Indian invoices (CGST Rules 2017, rule 46 (g))."""


def note_below(particulars: LineParticulars | None, first: Sequence[str], wording: Wording, country: str | None) -> str:
    """Return the lines below a description; those of ``first`` stand before the identifiers.

    ``country`` is the seller's, which has a say in the names of classifications.
    """
    if particulars is None:
        return " · ".join(filter(None, first))
    attributes = (_labelled(one_line(each.name), each.value, wording) for each in particulars.attributes)
    return "\n".join(
        filter(
            None,
            (
                plain_text(particulars.details or "").strip(),
                _joined((*first, *_identifiers(particulars, wording, country)), wording),
                _joined(attributes, wording),
                plain_text(particulars.note or "").strip(),
            ),
        )
    )


def _identifiers(particulars: LineParticulars, wording: Wording, country: str | None) -> Iterator[str]:
    if particulars.gtin:
        yield _labelled("GTIN", particulars.gtin, wording)
    for name in ("buyer_item_id", "order_line"):
        if value := getattr(particulars, name):
            yield _labelled(wording[name], value, wording)
    for each in particulars.classifications:
        yield _labelled(_scheme(each, wording, country), each.code, wording)
    if particulars.country_of_origin:
        origin = wording.country(particulars.country_of_origin)
        yield _labelled(wording["country_of_origin"], origin, wording)


def _scheme(classification: Classification, wording: Wording, country: str | None) -> str:
    names = _SCHEMES | (_INDIAN_SCHEMES if country == "IN" else {})
    return names.get(classification.scheme) or f"{wording['classification']} {classification.scheme}"


def _labelled(label: str, value: str, wording: Wording) -> str:
    text = f"{label}: {wording.within(one_line(value))}"
    return text.replace(" ", NO_BREAK_SPACE) if len(text) <= _KEPT_TOGETHER else text


def _joined(parts: Iterable[str], wording: Wording) -> str:
    """Return parts on one line, in the direction of the language whatever the first one is."""
    line = " · ".join(wording.within(part) for part in parts if part)
    return RIGHT_TO_LEFT + line if line and wording.direction == "rtl" else line
