from tests.functions.memos.asking import create
from tests.http import call, request


def test_memos_are_listed_newest_first(key: str) -> None:
    first, second = create(key, "first"), create(key, "second")
    assert call("memos/list_memos", request("GET", "/memos", key=key)).data == [second, first]
