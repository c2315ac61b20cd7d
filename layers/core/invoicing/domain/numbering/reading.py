"""Numbers read by the pattern of a series, the other way round than `NumberRule.write`."""

import re
from functools import cache
from typing import NamedTuple

from invoicing.domain.numbering.series import NumberRule
from invoicing.domain.numbering.settings import PLACEHOLDER, counts_by

_DIGITS = {"year": r"\d{4}", "month": "0[1-9]|1[0-2]", "seq": r"\d{1,9}"}


class ReadNumber(NamedTuple):
    """A number's place in a series, and the number that follows it there."""

    period: str
    value: int
    following: str


def read_number(rule: NumberRule, number: str) -> ReadNumber | None:
    """Return where a number stands in a series; None for one that the series would not write."""
    found = _pattern(rule.pattern).fullmatch(number)
    if found is None:
        return None
    parts = found.groupdict()
    value = int(parts["seq"])
    if not value or _written(rule.pattern, parts, value) != number:
        return None
    reset = counts_by(rule.pattern, rule.reset)
    period = {"never": "", "yearly": parts.get("year", ""), "monthly": f"{parts.get('year')}-{parts.get('month')}"}
    return ReadNumber(period[reset], value, _written(rule.pattern, parts, value + 1))


@cache
def _pattern(pattern: str) -> re.Pattern[str]:
    source, end = "", 0
    for match in PLACEHOLDER.finditer(pattern):
        source += re.escape(pattern[end : match.start()]) + f"(?P<{match[1]}>{_DIGITS[match[1]]})"
        end = match.end()
    return re.compile(source + re.escape(pattern[end:]), re.ASCII)


def _written(pattern: str, parts: dict[str, str], value: int) -> str:
    values = parts | {"seq": str(value)}
    return PLACEHOLDER.sub(
        lambda match: str(int(values[match[1]])).zfill(int(match[2] or 2 * (match[1] == "month"))), pattern
    )
