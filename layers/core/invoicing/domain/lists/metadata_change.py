"""Change of searchable metadata: what there is has to be found by other keys."""

from collections.abc import Iterable
from datetime import datetime
from typing import Literal

from invoicing.dataclass import dataclass
from invoicing.domain.invoices.invoice_walk import InvoiceWalk, after_part

METADATA_CHANGE = "metadata_change"
"""The id of an account's change of its searchable keys: there is one at a time."""

Part = Literal["customers", "archived", "invoices"]
PARTS: tuple[Part, ...] = ("customers", "archived", "invoices")
"""The lists that a change goes through, one after the other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MetadataChange(InvoiceWalk):
    """A walk through the customers and invoices of an account after a change of its searchable keys.

    ``keys`` cannot be searched by yet, since not everything has its rows; ``part`` is where the walk is.
    """

    id: str = METADATA_CHANGE
    keys: tuple[str, ...] = ()
    part: Part = PARTS[0]

    def after_page(self, next_page: str | None) -> "MetadataChange | None":
        """Return the walk after a page, before that of a cursor or of the next part; None when all is done."""
        return after_part(self, next_page, PARTS)


def begun(
    before: MetadataChange | None, account: str, was: Iterable[str], keys: Iterable[str], now: datetime
) -> MetadataChange:
    """Return the change from ``was`` to the searchable ``keys``; one that is under way starts over."""
    ready = set(was) - set(before.keys if before else ())
    version = before.version + 1 if before else 1
    waiting = tuple(key for key in keys if key not in ready)
    return MetadataChange(account=account, version=version, due_at=now, keys=waiting)
