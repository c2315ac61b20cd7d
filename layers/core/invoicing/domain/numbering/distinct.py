"""Whether two patterns can write the same number, with any year from 1000 to 9999."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import product

from invoicing.domain.errors import Detail, ValidationFailed
from invoicing.domain.numbering.settings import PLACEHOLDER, SeriesSettings

type Form = tuple[str, ...]
"""What a pattern writes at one length: the characters possible in each place."""

_DIGITS, _FROM_1 = "0123456789", "123456789"
_LONGEST = 10
"""The most digits of a value: a series counts to 1,000,000,000."""


def require_distinct(all_series: Sequence[SeriesSettings], series: SeriesSettings, field: str) -> None:
    """Raise `ValidationFailed` ``PATTERN_COLLIDES`` when another series can write a number of this one."""
    for other in all_series:
        both = None if other.id == series.id else shared_number(series.pattern, other.pattern)
        if both is not None:
            message = (
                f"{field} could assign {both}, and so could {other.pattern} of the series {other.name} ({other.id}); "
                "begin one of the two with other characters."
            )
            raise ValidationFailed(Detail(field, message, "PATTERN_COLLIDES", series.pattern))


def shared_number(one: str, other: str) -> str | None:
    """Return a number that both patterns can write, each in a year, month and value of its own, or None."""
    by_length: dict[int, list[Form]] = defaultdict(list)
    for form in _forms(other):
        by_length[len(form)].append(form)
    pairs = ((form, match) for form in _forms(one) for match in by_length[len(form)])
    return next((number for form, match in pairs if (number := _common(form, match)) is not None), None)


def _common(one: Form, other: Form) -> str | None:
    number = ""
    for here, there in zip(one, other, strict=True):
        both = next((character for character in here if character in there), None)
        if both is None:
            return None
        number += both
    return number


def _forms(pattern: str) -> Iterator[Form]:
    """Yield what a pattern writes, one form for each number of digits."""
    parts: list[list[Form]] = []
    end = 0
    for match in PLACEHOLDER.finditer(pattern):
        parts += [[tuple(pattern[end : match.start()])], _written(match[1], int(match[2] or 0))]
        end = match.end()
    parts.append([tuple(pattern[end:])])
    for chosen in product(*parts):
        yield sum(chosen, ())


def _written(name: str, width: int) -> list[Form]:
    if name == "month":
        zeros = ("0",) * (width - 2)
        return [(*zeros, "0", _FROM_1), (*zeros, "1", "012")]
    if name == "year":
        zeros = ("0",) * (width - 4)
        # One of our time first: an example that people recognize.
        return [(*zeros, "2", "0", "2", _DIGITS), (*zeros, _FROM_1, _DIGITS, _DIGITS, _DIGITS)]
    lengths = range(1, _LONGEST + 1)
    return [("0",) * (width - length) + (_FROM_1,) + (_DIGITS,) * (length - 1) for length in lengths]
