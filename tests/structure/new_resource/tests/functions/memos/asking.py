from tests.http import call, request


def create(key: str, text: str = "Call back") -> dict[str, str]:
    data: dict[str, str] = call("memos/create_memo", request("POST", "/memos", {"text": text}, key=key)).data
    return data
