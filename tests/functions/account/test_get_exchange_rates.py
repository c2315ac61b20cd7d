from tests.http import call, request

PATH = "/account/exchange-rates"


def test_without_any_there_is_the_base_alone(key: str) -> None:
    answer = call("account/get_exchange_rates", request("GET", PATH, key=key))
    assert (answer.status, answer.headers["ETag"]) == (200, '"v0"')
    assert answer.data == {"base": "USD", "rates": {}, "updated_at": None}


def test_rates_come_back_to_the_digit(key: str) -> None:
    body = '{"rates": {"EUR": 0.9221000001, "JPY": 151, "KWD": 0.30770}}'
    assert call("account/replace_exchange_rates", request("PUT", PATH, body, key=key)).status == 200
    answer = call("account/get_exchange_rates", request("GET", PATH, key=key))
    assert b'"rates":{"EUR":0.9221000001,"JPY":151,"KWD":0.3077}' in answer.body
    assert answer.headers["ETag"] == '"v1"'
