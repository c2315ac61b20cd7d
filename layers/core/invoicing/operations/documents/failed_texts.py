"""Own texts that fail while a document is drawn or worded: who asked for it hears of them.

They are found deep within a document, which is made all the same; only an e-mail that is sent has somebody to tell.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_HEARD: ContextVar[list[str] | None] = ContextVar("failed_texts", default=None)


@contextmanager
def hearing_of_failed_texts() -> Iterator[list[str]]:
    """Return a list that gets the name of each text that fails within the block, once."""
    heard: list[str] = []
    token = _HEARD.set(heard)
    try:
        yield heard
    finally:
        _HEARD.reset(token)


def tell_of_failed_text(name: str) -> None:
    """Name a text that failed; nothing happens where nobody listens."""
    heard = _HEARD.get()
    if heard is not None and name not in heard:
        heard.append(name)
