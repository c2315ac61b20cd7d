from tests.functions.account.number_series import create
from tests.http import call, request


def test_series_are_listed_oldest_first(key: str) -> None:
    made = create(key).data
    answer = call("account/list_number_series", request("GET", "/number-series", key=key))
    assert [each["id"] for each in answer.data] == ["series_invoice", "series_credit_note", made["id"]]
    assert answer.data[2] == made
    assert answer.json["meta"]["pagination"]["total"] == 3
