from tests.functions.account.number_series import FIELDS, create, on


def test_a_series_is_read_with_its_version(key: str) -> None:
    made = create(key, next=7)
    answer = on(key, "GET", "get", made.data["id"])
    assert (answer.status, answer.headers["ETag"]) == (200, made.headers["ETag"])
    assert answer.data == made.data == FIELDS | {"id": made.data["id"], "next": 7, "reset": "yearly", "default": False}


def test_every_account_has_two_from_the_beginning(key: str) -> None:
    found = [on(key, "GET", "get", series).data for series in ("series_invoice", "series_credit_note")]
    assert [(each["document_type"], each["pattern"], each["default"]) for each in found] == [
        ("invoice", "INV-{year}-{seq:03}", True),
        ("credit_note", "CN-{year}-{seq:03}", True),
    ]
