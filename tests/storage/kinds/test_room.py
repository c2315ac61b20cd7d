"""What can be created can also be stored, sent and voided, however much it says."""

import random
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from invoicing.domain.errors import ValidationFailed
from invoicing.domain.invoices.invoice import Invoice, Status
from invoicing.domain.parties.account import Seller
from invoicing.domain.parties.customer import Customer
from invoicing.domain.parties.details import (
    Address,
    BankAccount,
    Contact,
    ElectronicAddress,
    LegalRegistration,
    Routing,
    TaxId,
)
from invoicing.operations.unit_of_work.change_set import ChangeSet, Ref
from invoicing.storage.dynamodb import item_codec
from invoicing.storage.dynamodb.database import Database
from invoicing.storage.kinds import record_of
from invoicing.storage.kinds.invoices import InvoiceRecord
from invoicing.storage.store import DynamoStore
from tests.builders import NOW, a_customer, an_invoice
from tests.storage.conftest import EVENTS_KEPT

ADDRESS_TEXTS = ("line1", "line2", "line3", "city", "state", "postal_code")


def noise(length: int) -> str:
    """Text that no compression makes smaller than three quarters of it."""
    return "".join(
        random.Random(7).choices("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_", k=length)
    )


def test_what_no_item_can_hold_is_refused_before_anything_is_written(database: Database, account: str) -> None:
    store, changes = DynamoStore(database, EVENTS_KEPT), ChangeSet()
    changes.save(an_invoice(account=account, notes=noise(600_000)))
    with pytest.raises(ValidationFailed) as refused:
        store.commit(changes)
    assert [detail.code for detail in refused.value.details] == ["RESOURCE_TOO_LARGE"]
    assert store.find(Ref(Invoice, account, "inv_1")) is None


def longest_notes(entity: Callable[[str], Any]) -> str:
    """The longest notes, give or take 200 characters, with which an entity is not refused."""

    text = noise(600_000)

    def fits(length: int) -> bool:
        try:
            record_of(type(entity(""))).of(entity(text[:length]))
        except ValidationFailed:
            return False
        return True

    most, least = len(text), 0
    while most - least > 200:
        middle = (most + least) // 2
        most, least = (most, middle) if fits(middle) else (middle, least)
    return text[:least]


def test_the_largest_document_that_is_not_refused_fits_into_an_item(database: Database, account: str) -> None:
    largest = a_customer(account=account, notes=longest_notes(lambda notes: a_customer(account=account, notes=notes)))
    store, changes = DynamoStore(database, EVENTS_KEPT), ChangeSet()
    changes.save(largest)
    store.commit(changes)
    assert store.find(Ref(Customer, account, largest.id)) == largest


def test_the_largest_draft_can_be_sent_viewed_and_voided() -> None:
    """With an account that says as much of itself as it may, none of it compressible, and the longest reason."""
    draft = an_invoice(notes=longest_notes(lambda notes: an_invoice(notes=notes)))
    chance = random.Random(8)
    text = "".join(chr(chance.randrange(0x4E00, 0x9FFF)) for _ in range(7000))
    parts = iter(lambda: "".join(chr(chance.randrange(0x4E00, 0x9FFF)) for _ in range(250)), "")
    short = (part[:100] for part in parts)
    seller = Seller(
        name=next(parts),
        trading_name=next(parts),
        email=f"a@{'b' * 250}.de",
        phone=next(short),
        website=next(parts),
        address=Address(**{name: next(parts) for name in ADDRESS_TEXTS}),
        tax_ids=tuple(TaxId(type="other", value=next(short)) for _ in range(10)),
        legal_registration=LegalRegistration(value=next(short), scheme="0002"),
        legal_information=next(parts) + next(parts),
        electronic_address=ElectronicAddress(scheme="0088", value=next(short)),
        contact=Contact(name=next(parts), phone=next(short), email=f"a@{'b' * 250}.de"),
        payment_instructions=text[:5000],
        bank_account=BankAccount(
            iban="MT84MALT011000012345MTLCAST001S",
            bic="COBADEFFXXX",
            account_number=next(short),
            routing=Routing(type="other", code=next(short)),
            holder=next(parts),
            bank_name=next(parts),
            upi_id=f"{'a' * 89}@{'b' * 10}",
        ),
        payment_url=f"https://{'p' * 492}",
    )
    sent = replace(draft, version=2, status=Status.SENT, seller=seller, number="INV-2026-000001", sent_at=NOW)
    voided = replace(
        sent, version=4, status=Status.CANCELLED, viewed_at=NOW, voided_at=NOW, void_reason=text[5000:7000]
    )
    for later in (sent, voided):
        item = InvoiceRecord.of(later)
        assert len(item["document"]["B"]) + len(item["lines"]["B"]) <= item_codec.MAX_BYTES
