"""How memos look in responses."""

from typing import TypedDict

from invoicing.api.envelope import timestamp
from invoicing.domain.memos.memo import Memo


class MemoOutput(TypedDict):
    """A memo."""

    id: str
    text: str
    created_at: str


def memo_output(memo: Memo) -> MemoOutput:
    """A memo as the contract writes it."""
    return MemoOutput(id=memo.id, text=memo.text, created_at=timestamp(memo.created_at))


def memo_links(memo: Memo) -> dict[str, str | None]:
    """Paths of what belongs to a memo."""
    return {"self": f"/memos/{memo.id}"}
