"""The filter of lists that can be searched."""

from invoicing.api.query import Filter, ValueType

LONGEST = 200
"""Characters of a search, spaces at its ends aside."""


def _with_words(value: str) -> str:
    from invoicing.domain.lists.search import search_for  # noqa: PLC0415

    text = value.strip()
    if len(text) > LONGEST or search_for(text) is None:
        raise ValueError(value)
    return text


SEARCHING = Filter(
    ValueType(
        f"words with a letter or digit, of at most {LONGEST} characters; each begins a word of what is found,"
        " whatever its case and accents",
        _with_words,
        {"type": "string", "minLength": 1, "maxLength": LONGEST},
    ),
    frozenset({"eq"}),
)
