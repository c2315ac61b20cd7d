from decimal import Decimal
from functools import partial

from invoicing.operations.payments.refund_payment import NewRefund, refund_payment
from invoicing.operations.reports._asked import ReportQuery
from invoicing.operations.reports.get_payments_report import get_payments_report
from tests.books import issue, ledger_of, pay
from tests.operations.reports.reporting import open_office, post_all


def test_a_refund_is_of_the_method_by_which_it_went_back() -> None:
    office, store, totals = open_office()
    paid = pay(office, issue(office), "100")
    for new in (NewRefund(amount=Decimal(10), method="bank_transfer"), NewRefund(amount=Decimal(5))):
        office.run_use_case(partial(refund_payment, payment_id=paid.id, new=new, ledger=ledger_of(office)))
    post_all(office, store)
    rows = get_payments_report(office.uow(), ReportQuery(currency="USD"), totals).rows
    assert [(row.method, row.payments.amount, row.refunds.amount, row.net) for row in rows] == [
        ("bank_transfer", 0, 1000, -1000),
        ("cash", 10_000, 500, 9500),
    ]
