import pytest

from tests.http import call, request

pytestmark = pytest.mark.usefixtures("aws")


def test_it_leads_to_the_reference() -> None:
    answer = call("reference/open_docs", request("GET", "/"))
    assert (answer.status, answer.body) == (302, b"")
    assert answer.headers["Location"] == "https://api.example.com/v1/invoicing/docs"
