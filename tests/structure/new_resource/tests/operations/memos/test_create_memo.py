"""Creating a memo."""

from invoicing.domain.memos.memo import Memo
from invoicing.operations.memos.create_memo import create_memo
from tests.fakes import FakeStore
from tests.office import Office


def test_a_memo_is_stored_with_its_event(office: Office, store: FakeStore) -> None:
    memo = office.run_use_case(lambda uow: create_memo(uow, "Call back"))
    assert store.all(Memo) == [memo]
    assert store.event_types() == ["memo.created"]
