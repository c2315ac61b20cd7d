"""An invoice is called what the law of its seller's country calls it."""

from dataclasses import replace

import pytest

from invoicing.domain.invoices.particulars import Particulars
from invoicing.domain.parties.account import Seller
from invoicing.domain.parties.details import Address
from invoicing_documents.titles import title_of
from invoicing_documents.wording import wording_for
from tests.builders import an_issued_invoice

INVOICE = an_issued_invoice()


def title(country: str | None, locale: str = "en", tax: int = 100, given: str | None = None) -> str:
    invoice = replace(INVOICE, tax=tax, particulars=Particulars(document_title=given))
    return title_of(invoice, Seller(name="A", address=Address(country=country)), wording_for(locale))


@pytest.mark.parametrize("country", ["AE", "AU", "FJ", "IL", "IN", "MV", "NZ", "OM", "SA", "SG", "TH"])
def test_with_tax_it_is_a_tax_invoice_where_the_law_says_so(country: str) -> None:
    assert title(country) == "Tax invoice"
    assert title(country, tax=0) == "Invoice"


def test_it_is_one_in_the_languages_of_these_countries() -> None:
    assert title("TH", "th") == "ใบกำกับภาษี"
    assert title("IL", "he") == "חשבונית מס"
    assert title("AE", "ar") == "فاتورة ضريبية"
    assert title("SA", "ar") == "فاتورة ضريبية"
    assert title("SG", "de") == "Rechnung"


@pytest.mark.parametrize("country", ["DE", "GB", "US", None])
def test_elsewhere_it_is_an_invoice(country: str | None) -> None:
    assert title(country) == "Invoice"


def test_a_title_of_the_client_comes_first() -> None:
    assert title("AU", given="Invoice of\nCoral Bay") == "Invoice of Coral Bay"
