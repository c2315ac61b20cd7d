from tests.functions.reports.reading import QUARTER, rows_of


def test_money_comes_by_method(quarter: str) -> None:
    rows = [row for row in rows_of(quarter, "payments", QUARTER) if row["conversion"] is None]
    found = [(row["payment_method"], row["payment_count"], float(row["payments"]), float(row["net"])) for row in rows]
    assert found == [("bank_transfer", 1, 300, 250), ("cash", 1, 119, 119)]
