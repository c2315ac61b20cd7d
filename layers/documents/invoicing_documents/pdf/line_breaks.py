"""Where a line may be broken (UAX #14; Thai, Lao, Khmer and Burmese by ICU's dictionaries)."""

from functools import lru_cache

from icu4py.breakers import CharacterBreaker, LineBreaker

# Small kana and the prolonged sound mark do not begin a line (UAX #14, class CJ as NS).
_STRICT = "-u-lb-strict"
_LONGEST_NUMBER = 40


@lru_cache(maxsize=1024)
def breakable(text: str, language: str) -> tuple[str, ...]:
    """Cut a text into the parts between which a line may be broken; together they are the text."""
    return tuple(LineBreaker(text, language + _STRICT))


def clusters(text: str, language: str) -> tuple[str, ...]:
    """Cut a text into what a reader takes for characters (UAX #29): a letter with its marks is one."""
    return tuple(CharacterBreaker(text, language))


def is_number(part: str) -> bool:
    """Whether a part of a text is read as a whole, as an amount or a group of an IBAN is: short, and with a digit."""
    return len(part) <= _LONGEST_NUMBER and any(map(str.isdigit, part))
