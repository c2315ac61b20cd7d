from tests.functions.memos.asking import create
from tests.http import call, request


def test_a_memo_is_read_back(key: str) -> None:
    memo = create(key)
    parameters = {"memo_id": memo["id"]}
    assert call("memos/get_memo", request("GET", f"/memos/{memo['id']}", key=key, parameters=parameters)).data == memo
