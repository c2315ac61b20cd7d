import pytest

from tests.http import call, request


@pytest.mark.usefixtures("aws")
def test_every_other_path_is_a_404_in_the_contracts_form() -> None:
    answer = call("pages/route_not_found", request("DELETE", "/no/such/thing"))
    assert answer.status == 404
    assert (answer.error["type"], answer.error["code"]) == ("not_found_error", "ROUTE_NOT_FOUND")
    assert "DELETE /v1/invoicing/no/such/thing" in answer.error["message"]
