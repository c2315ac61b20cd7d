from invoicing.operations.reports._asked import ReportQuery
from invoicing.operations.reports.get_customers_report import get_customers_report
from tests.books import issue
from tests.builders import a_customer
from tests.operations.reports.reporting import busy_office, open_office, post_all


def test_the_customers_with_the_highest_revenue_come_first() -> None:
    office, store, totals = busy_office()
    store.keep(a_customer(id="cust_big", name="Big"), a_customer(id="cust_small", name="Small"))
    issue(office, "900", customer_id="cust_big")
    issue(office, "1", customer_id="cust_small")
    post_all(office, store)
    report = get_customers_report(office.uow(), ReportQuery(currency="USD"), 2, totals)
    assert [(row.customer_id, row.flows.revenue.gross) for row in report.rows] == [
        ("cust_big", 90_000),
        ("cust_123", 10_000),
    ]
    assert report.names["cust_big"] == "Big"
    assert report.more
    assert not get_customers_report(office.uow(), ReportQuery(currency="USD"), 3, totals).more


def test_without_customers_no_name_is_read() -> None:
    office, store, totals = open_office()
    reads = store.reads
    report = get_customers_report(office.uow(), ReportQuery(), 10, totals)
    assert (report.rows, report.more, store.reads - reads) == ((), False, 1)
