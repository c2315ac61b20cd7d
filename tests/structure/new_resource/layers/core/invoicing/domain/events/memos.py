"""Events of memos."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from invoicing.domain.events.event import EventType

if TYPE_CHECKING:
    from invoicing.domain.memos.memo import Memo


def memo_summary(memo: "Memo") -> Mapping[str, Any]:
    """A memo without its text."""
    return {"id": memo.id, "object": "memo", "version": memo.version}


MEMO_CREATED: "EventType[Memo]" = EventType("memo.created", "A memo was created.", memo_summary)
