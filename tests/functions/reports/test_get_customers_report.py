from tests.aws import Aws
from tests.functions.reports.reading import QUARTER, ask, flat, issue, post, report


def test_customers_come_with_their_names_the_largest_first(quarter: str, aws: Aws) -> None:
    ask(
        quarter,
        "customers/create_customer",
        "POST",
        "/customers",
        {"id": "cust_big", "name": "Big", "email": "ap@big.example"},
    )
    issue(quarter, 5000, 0, "2026-03-02", customer_id="cust_big")
    post(aws)
    answer = report(quarter, "customers", f"{QUARTER}&limit=1&currency=USD").data
    assert [(row["customer_name"], float(row["revenue"])) for row in flat(answer)] == [("Big", 5000)]
    assert answer["has_more"] is True
    everyone = report(quarter, "customers", f"{QUARTER}&currency=USD").data
    assert [row["customer_name"] for row in flat(everyone)] == ["Big", "Ada Lovelace"]
