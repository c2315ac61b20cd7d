"""Reading the view log."""

import pytest

from invoicing.domain.errors import NotFound
from invoicing.domain.invoices.views import InvoiceViews, View
from invoicing.operations.invoices.list_invoice_views import list_invoice_views
from tests.builders import ACCOUNT, NOW, an_issued_invoice
from tests.fakes import FakeStore
from tests.office import Office


def test_it_is_read_with_its_invoice_in_one_request(office: Office, store: FakeStore) -> None:
    first = View(at=NOW, client="browser", opened="page", counted=True)
    second = View(at=NOW, client="browser", opened="pdf", counted=True)
    log = InvoiceViews(account=ACCOUNT, id="inv_1", version=1, views=(first, second))
    store.keep(an_issued_invoice(), log)
    assert office.run_use_case(lambda uow: list_invoice_views(uow, "inv_1")) == (second, first)
    assert (store.reads, store.commits) == (1, 0)


def test_of_others_nothing_is_known(office: Office, store: FakeStore) -> None:
    store.keep(an_issued_invoice(), InvoiceViews(account="acc_2", id="inv_1", version=1, views=()))
    assert office.run_use_case(lambda uow: list_invoice_views(uow, "inv_1")) == ()
    with pytest.raises(NotFound):
        office.run_use_case(lambda uow: list_invoice_views(uow, "inv_2"))
