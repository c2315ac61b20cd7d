"""Lists that are read whole: pages by number and chosen fields, as every list has them, and nothing else."""

from typing import Any

import pytest

from tests.functions.business import Business
from tests.functions.payments.asking import ask, pay

LISTS = (
    "account/list_number_series",
    "invoices/list_invoice_views",
    "payments/list_credit_payouts",
    "payments/list_refunds",
    "templates/list_templates",
    "webhooks/list_webhooks",
)


@pytest.mark.parametrize("file", LISTS)
@pytest.mark.parametrize(
    ("query", "field", "code"),
    [
        ("limit=0", "limit", "VALUE_INVALID"),
        ("per_page=101", "per_page", "VALUE_INVALID"),
        ("fields=id,nmae", "fields", "FIELD_UNKNOWN"),
        ("sort=created_at", "sort", "PARAMETER_UNKNOWN"),
        ("order=asc", "order", "PARAMETER_UNKNOWN"),
        ("cursor=x", "cursor", "PARAMETER_UNKNOWN"),
        ("status=active", "status", "PARAMETER_UNKNOWN"),
    ],
)
def test_what_a_list_does_not_have_is_refused(business: Business, file: str, query: str, field: str, code: str) -> None:
    invoice = business.sent_id if file.endswith("views") else business.draft_id
    answer = business.ask(file, query=f"?{query}", invoice_id=invoice)
    assert answer.status == 400
    assert answer.error["code"] == "INVALID_QUERY"
    assert (field, code) in [(detail["field"], detail["code"]) for detail in answer.error["details"]]


def test_pages_are_asked_for_by_number_or_offset(key: str, sent: Any) -> None:
    payment = pay(key, sent, 1500)
    path = f"/payments/{payment['id']}"
    made = [ask(key, "refund_payment", f"{path}/refund", {"amount": each}).data["id"] for each in (1, 2, 3)][::-1]
    page = ask(key, "list_refunds", f"{path}/refunds?per_page=2&fields=id")
    assert page.data == [{"id": made[0]}, {"id": made[1]}]
    assert page.json["meta"]["pagination"] == {
        "page": 1, "per_page": 2, "total": 3, "total_pages": 2, "has_next": True, "has_previous": False,
    }  # fmt: skip
    following = page.json["links"]["next"].partition(path)[2]
    last = ask(key, "list_refunds", path + following)
    assert (last.data, last.json["links"]["next"]) == ([{"id": made[2]}], None)
    assert last.json["links"]["prev"] == page.json["links"]["first"]
    assert [each["id"] for each in ask(key, "list_refunds", f"{path}/refunds?limit=1&offset=1").data] == [made[1]]
    assert ask(key, "list_refunds", f"{path}/refunds?page=3&per_page=2").data == []
