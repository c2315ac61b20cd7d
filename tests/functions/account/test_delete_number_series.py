from typing import Any

from tests.functions.account.number_series import create, on
from tests.functions.conftest import NEW_INVOICE
from tests.http import call, request


def test_a_series_is_deleted_once_and_only_while_nothing_named_it(key: str, customer: Any) -> None:
    used, unused = create(key).data["id"], create(key, pattern="C{year}-{seq}").data["id"]
    call("invoices/create_invoice", request("POST", "/invoices", NEW_INVOICE | {"series_id": used}, key=key))
    assert [on(key, "DELETE", "delete", unused).status for _ in range(2)] == [204, 404]
    refused = on(key, "DELETE", "delete", used)
    assert (refused.status, refused.error["code"]) == (409, "NUMBER_SERIES_IN_USE")
    assert on(key, "GET", "get", used).status == 200
