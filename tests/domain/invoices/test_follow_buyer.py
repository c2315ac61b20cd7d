"""What a customer always wants is stated on its invoices, unless they say something else."""

from dataclasses import replace

from invoicing.domain.invoices.particulars import NO_PARTICULARS, Particulars, ShipTo, for_credit_note
from invoicing.domain.parties.details import Address
from tests.builders import an_issued_invoice

INVOICE = an_issued_invoice()
WAREHOUSE = Address(line1="Lagerstraße 9", city="Linz", country="AT")
ASKING = replace(INVOICE.buyer, buyer_reference="04011000-12345-34", shipping_address=WAREHOUSE)


def test_a_plain_buyer_adds_nothing() -> None:
    assert INVOICE.stated is INVOICE.particulars


def test_reference_and_address_follow_from_the_buyer() -> None:
    stated = replace(INVOICE, buyer=ASKING).stated
    assert stated == Particulars(buyer_reference="04011000-12345-34", ship_to=ShipTo(address=WAREHOUSE))


def test_what_the_invoice_says_comes_first() -> None:
    own = Particulars(buyer_reference="PO desk 7", ship_to=ShipTo(name="Site 3"), sales_order="SO-1")
    assert replace(INVOICE, buyer=ASKING, particulars=own).stated == own


def test_it_is_not_stored_as_if_it_had_been_given() -> None:
    assert replace(INVOICE, buyer=ASKING).particulars == NO_PARTICULARS


def test_credit_notes_repeat_the_reference() -> None:
    assert for_credit_note(replace(INVOICE, buyer=ASKING).stated).buyer_reference == "04011000-12345-34"
