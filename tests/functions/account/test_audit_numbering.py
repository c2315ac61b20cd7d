from typing import Any

from tests.aws import Aws
from tests.functions.conftest import NEW_INVOICE
from tests.http import call, request


def audit(key: str) -> Any:
    return call("account/audit_numbering", request("GET", "/account/numbering/audit", key=key)).data


def test_nothing_is_found_until_somebody_tampers_with_the_table(key: str, customer: Any, aws: Aws) -> None:
    assert audit(key) == {"series": [], "own": [], "truncated": False}
    for number in ({}, {}, {"invoice_number": "OWN-1"}, {}):
        body = NEW_INVOICE | number | {"send_email": True}
        assert call("invoices/create_invoice", request("POST", "/invoices", body, key=key)).status == 201
    period = {"series": "invoice", "period": "2024", "first": "INV-2024-001", "last": "INV-2024-003", "count": 3}
    found = audit(key)
    assert found == {"series": [period | {"gaps": [], "duplicates": []}], "own": ["OWN-1"], "truncated": False}
    (second,) = (item for item in aws.items("invoices") if item["sk"]["S"] == "number#INV-2024-002")
    table, dynamodb = aws.environment["INVOICES_TABLE"], aws.client("dynamodb")
    dynamodb.delete_item(TableName=table, Key={"pk": second["pk"], "sk": second["sk"]})
    twice = {"sk": {"S": "number#INV-2024-03"}, "value": {"N": "3"}}
    dynamodb.put_item(TableName=table, Item=second | twice)
    (tampered,) = audit(key)["series"]
    assert (tampered["gaps"], tampered["duplicates"]) == ([2], [3])
