from tests.functions.memos.asking import create


def test_a_memo_is_created(key: str) -> None:
    assert create(key)["text"] == "Call back"
