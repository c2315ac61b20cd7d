import pytest

from invoicing.domain.errors import NotFound, ValidationFailed
from tests.aws import Aws
from tests.functions.reports.reading import QUARTER, ask, issue, rows_of
from tests.http import load_handler


def test_totals_are_proven_and_repaired(aws: Aws, quarter: str) -> None:
    account = ask(quarter, "account/get_account", "GET", "/account", None)["id"]
    issue(quarter, 10, 0, "2026-03-10")
    handler = load_handler("reports/rebuild_totals")
    found = handler({"account_id": account}, None)
    assert (found["entries"], found["posted_now"], found["differing"]) == (6, 1, ())
    before = rows_of(quarter, "summary", QUARTER)

    table = aws.environment["TOTALS_TABLE"]
    lost = [item for item in aws.items("totals") if item["sk"]["S"].startswith("report#")]
    for item in lost:
        aws.client("dynamodb").delete_item(TableName=table, Key={"pk": item["pk"], "sk": item["sk"]})
    assert len(handler({"account_id": account}, None)["differing"]) == len(lost)
    assert handler({"account_id": account, "repair": True}, None)["repaired"] == len(lost)
    assert rows_of(quarter, "summary", QUARTER) == before


def test_an_account_that_is_not_there_is_refused(aws: Aws) -> None:
    with pytest.raises(NotFound):
        load_handler("reports/rebuild_totals")({"account_id": "acc_0195512345007a3b8c1d2e3f40516273"}, None)


@pytest.mark.parametrize("wrong", [{}, {"account_id": "acc_x#test"}, {"account_id": "acc_x", "repair": "yes"}])
def test_a_wrong_event_is_refused(aws: Aws, wrong: dict[str, str]) -> None:
    with pytest.raises(ValidationFailed):
        load_handler("reports/rebuild_totals")(wrong, None)
