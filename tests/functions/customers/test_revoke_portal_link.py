from typing import Any

from tests.functions.portal import new_link, open_portal, revoke, token_of
from tests.http import a_key, call, request


def test_one_link_ends_at_once_and_the_others_stay(key: str, customer: Any) -> None:
    assert customer
    first, second = (new_link(key).data for _ in range(2))
    assert revoke(key, first["id"]).status == 204
    assert [open_portal(token_of(each["url"])).status for each in (first, second)] == [404, 200]
    again = revoke(key, first["id"])
    assert (again.status, again.error["code"]) == (404, "PORTAL_LINK_NOT_FOUND")


def test_links_of_others_are_unknown(key: str, customer: Any) -> None:
    assert customer
    other = call("customers/create_customer", request("POST", "/customers", {"name": "Bob"}, key=key)).data["id"]
    link = new_link(key).data
    refused = [revoke(key, link["id"], other), revoke(a_key(), link["id"]), revoke(key, "plink_404")]
    assert {(answer.status, answer.error["code"]) for answer in refused} == {(404, "PORTAL_LINK_NOT_FOUND")}
    assert open_portal(token_of(link["url"])).status == 200
