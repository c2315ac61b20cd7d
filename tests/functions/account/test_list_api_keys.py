from tests.aws import Aws
from tests.functions.account.api_keys import PATH, create, keys_of, status_with
from tests.http import a_key, call, request


def test_keys_are_listed_newest_first_without_their_secrets(key: str) -> None:
    made = create(key, "customers:read").data
    assert status_with(made["key"]) == 404
    answer = call("account/list_api_keys", request("GET", PATH, key=key))
    newest, first = answer.data
    assert newest == {name: value for name, value in made.items() if name != "key"} | {
        "last_used": newest["last_used"],
    }
    assert newest["last_used"].endswith(":00:00.000Z")
    assert (first["name"], first["scopes"], first["last_four"]) == (None, ["*"], key[-4:])
    assert answer.json["meta"]["pagination"]["total"] == 2
    assert key not in answer.body.decode()
    assert made["key"] not in answer.body.decode()


def test_each_mode_and_account_sees_its_own(key: str) -> None:
    others = [a_key(), a_key("live")]
    assert [len(keys_of(other)) for other in (key, *others)] == [1, 1, 1]


def test_more_keys_than_one_request_reads(key: str, aws: Aws) -> None:
    (stored,) = aws.items("api_keys")
    table = aws.environment["API_KEYS_TABLE"]
    for number in range(120):
        names = {"pk": {"S": f"{number:064}"}, "key_id": {"S": f"key_{number:03}"}}
        aws.client("dynamodb").put_item(TableName=table, Item=stored | names)
    assert len(keys_of(key)) == 121
