from tests.aws import Aws
from tests.http import call, request


def test_every_other_path_is_a_404_in_the_contracts_form(aws: Aws) -> None:
    assert aws
    answer = call("pages/route_not_found", request("DELETE", "/no/such/thing"))
    assert answer.status == 404
    assert (answer.error["type"], answer.error["code"]) == ("not_found_error", "ROUTE_NOT_FOUND")
    assert "DELETE /v1/invoicing/no/such/thing" in answer.error["message"]
