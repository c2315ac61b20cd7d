"""Events of memos."""

from typing import TYPE_CHECKING, Literal, TypedDict

from invoicing.domain.events.event import EventType

if TYPE_CHECKING:
    from invoicing.domain.memos.memo import Memo


class MemoSummary(TypedDict):
    """A memo in events."""

    id: str
    object: Literal["memo"]
    version: int


def memo_summary(memo: "Memo") -> MemoSummary:
    """A memo without its text."""
    return {"id": memo.id, "object": "memo", "version": memo.version}


MEMO_CREATED: "EventType[Memo]" = EventType("memo.created", "A memo was created.", memo_summary)
