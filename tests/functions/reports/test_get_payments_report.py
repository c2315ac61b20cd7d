from tests.functions.reports.reading import QUARTER, report


def test_money_comes_by_method(quarter: str) -> None:
    rows = [row for row in report(quarter, "payments", QUARTER).data["rows"] if row["conversion"] is None]
    found = [(row["payment_method"], row["payment_count"], float(row["payments"]), float(row["net"])) for row in rows]
    assert found == [("bank_transfer", 1, 300, 250), ("cash", 1, 119, 119)]
