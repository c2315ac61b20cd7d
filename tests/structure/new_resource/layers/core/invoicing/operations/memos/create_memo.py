"""Create a memo."""

from invoicing.domain.events.memos import MEMO_CREATED
from invoicing.domain.memos.memo import Memo
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


def create_memo(uow: UnitOfWork, text: str) -> Memo:
    """The memo as stored."""
    memo = Memo(account=uow.account, id=uow.new_id("memo"), text=text, created_at=uow.now)
    uow.changes.save(memo)
    uow.record(MEMO_CREATED, memo)
    return memo
