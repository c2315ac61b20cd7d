from typing import Any

from tests.functions.portal import links_of, new_link, revoke
from tests.http import call, request


def test_links_are_listed_newest_first_by_pages_without_revoked_ones(key: str, customer: Any) -> None:
    assert customer
    first, second, third = (new_link(key, {"expires_in_days": days}).data for days in (1, 2, 3))
    assert [each["id"] for each in links_of(key).data] == [third["id"], second["id"], first["id"]]
    revoke(key, second["id"])
    page = links_of(key, query="?per_page=1")
    assert ([each["id"] for each in page.data], page.json["meta"]["pagination"]["total"]) == ([third["id"]], 2)
    assert all("url" not in each for each in links_of(key).data)


def test_only_those_of_the_customer(key: str, customer: Any) -> None:
    assert customer
    other = call("customers/create_customer", request("POST", "/customers", {"name": "Bob"}, key=key)).data["id"]
    mine, his = new_link(key).data, new_link(key, customer_id=other).data
    assert [each["id"] for each in links_of(key).data] == [mine["id"]]
    assert [each["id"] for each in links_of(key, other).data] == [his["id"]]
    assert links_of(key, "cust_404").error["code"] == "CUSTOMER_NOT_FOUND"
