"""The logo that a document shows: that of its seller as it is frozen, whatever the account has by now."""

import hashlib
from collections.abc import Callable
from typing import Protocol

from invoicing.domain.parties.account import Seller
from invoicing.domain.parties.logo import Image
from invoicing.operations.unit_of_work.ports import ObjectStore

_MOST_KNOWN = 16
_known: dict[str, bytes] = {}
"""The images that this process has read, by names that no other image can have."""


class Sold(Protocol):
    """A document with its seller."""

    @property
    def account(self) -> str:
        """Whose it is."""

    @property
    def seller(self) -> Seller | None:
        """Who writes it."""


class LogoMissing(Exception):
    """What is stored is not the logo: nothing is drawn without it, as a PDF is kept for good."""


def logo_of(document: Sold, objects: Callable[[], ObjectStore]) -> Image | None:
    """Return the logo of a document's seller, None without one; the first time in a process for one request.

    `LogoMissing` unless it is as it was made.
    """
    logo = document.seller.logo if document.seller else None
    if logo is None:
        return None
    name = logo.object_name(document.account)
    if name not in _known:
        content = objects().fetch(name)
        if content is None or hashlib.sha256(content).hexdigest() != logo.sha256:
            raise LogoMissing(name)
        if len(_known) >= _MOST_KNOWN:
            _known.clear()
        _known[name] = content
    return Image(_known[name], logo.content_type, logo.width, logo.height)
