"""The text of statements and receipts in the customer's language."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.ledger.entry import LedgerEntry, Movement
from invoicing.domain.ledger.statement import Statement
from invoicing.domain.parties.account import Seller
from invoicing.domain.parties.customer import Buyer
from invoicing.domain.payments.payment import Payment
from invoicing.operations.customers.get_customer_statement import CustomerStatement
from invoicing_documents.content import Content
from invoicing_documents.parties import Field, bank_fields, party_of
from invoicing_documents.plain_text import one_line, plain_text
from invoicing_documents.reminder_content import owed_field
from invoicing_documents.wording import NO_BREAK_SPACE, Wording, wording_for

_WORDS = {Movement.INVOICE: "invoice", Movement.WRITE_OFF: "amount_written_off"}
"""Words of movements that differ from the movement's name."""


def statement_content_of(found: CustomerStatement) -> tuple[Content, ...]:
    """Return the text of a statement around its movements, one for each currency: they differ in their sums only."""
    wording, first = wording_for(found.locale), found.statements[0]
    closing = [wording.money(statement.closing_balance, statement.currency) for statement in found.statements]
    return tuple(
        _letter(
            wording,
            found.seller,
            found.buyer,
            title=wording["statement"],
            facts=(
                Field(wording["period"], f"{wording.date(first.start)} – {wording.date(first.end)}"),
                Field(wording["date"], wording.date(found.made_on)),
            ),
            panel=Field(wording["closing_balance"], f"{NO_BREAK_SPACE}· ".join(closing)),
            summary=_sums(statement, wording),
            total=Field(f"{wording['closing_balance']} ({statement.currency})", balance),
            included_tax=_credit(statement, wording),
        )
        for statement, balance in zip(found.statements, closing, strict=True)
    )


def receipt_content_of(payment: Payment) -> Content:
    """Return the text of a receipt around its allocations; later events do not change it."""
    wording = wording_for(payment.locale)
    paid = wording.money(payment.amount, payment.currency)
    facts = [
        Field(wording["payment_date"], wording.date(payment.payment_date)),
        Field(wording["payment_method"], wording[f"method_{payment.method}"]),
    ]
    if payment.reference:
        facts.append(Field(wording["reference"], one_line(payment.reference)))
    return _letter(
        wording,
        payment.seller,
        payment.buyer,
        title=wording["receipt"],
        facts=(*facts, Field(wording["payment"], payment.id)),
        panel=Field(wording["amount_paid"], paid),
        summary=(),
        total=Field(f"{wording['amount_paid']} ({payment.currency})", paid),
        included_tax=(),
    )


def open_invoices_content_of(owed: Sequence[Invoice], lead: Invoice, day: date) -> Content:
    """Return the text of a statement of open invoices around its table; the total is that of one currency of them.

    Seller, buyer and language are those of the ``lead``. `ValueError` without a seller.
    """
    if lead.seller is None:
        raise ValueError(f"invoice {lead.id} has no seller")
    seller, wording = lead.seller, wording_for(lead.locale)
    everything = owed_field(owed, wording)
    letter = _letter(
        wording,
        seller,
        lead.buyer,
        title=wording["open_invoices"],
        facts=(Field(wording["date"], wording.date(day)),),
        panel=everything,
        summary=(),
        total=everything,
        included_tax=(),
    )
    return replace(
        letter,
        payment_instructions=plain_text(seller.payment_instructions or "").strip(),
        bank=bank_fields(seller.bank_account, wording),
    )


def movement_of(entry: LedgerEntry, wording: Wording) -> str:
    """Describe an entry."""
    return wording[_WORDS.get(entry.movement, f"movement_{entry.movement}")]


def _credit(statement: Statement, wording: Wording) -> tuple[Field, ...]:
    credit = wording.amount(statement.closing_credit, statement.currency)
    return (Field(wording["unused_credit"], credit),) if statement.closing_credit else ()


def _sums(statement: Statement, wording: Wording) -> tuple[Field, ...]:
    """Return the rows above the closing balance; they add up to it."""
    amounts = {
        "opening_balance": statement.opening_balance,
        "charges": statement.charged,
        "payments_and_credits": -statement.settled,
    }
    return tuple(Field(wording[name], wording.amount(amount, statement.currency)) for name, amount in amounts.items())


def _letter(wording: Wording, seller: Seller, buyer: Buyer, **parts: Any) -> Content:
    return Content(
        wording=wording,
        number="",
        seller=party_of(wording, seller.name, seller.address, seller.tax_ids),
        seller_email=one_line(seller.email) if seller.email else None,
        buyer=party_of(wording, buyer.name, buyer.address, buyer.tax_ids),
        buyer_heading=wording["customer"],
        rows=(),
        notes_heading="",
        notes="",
        payment_instructions="",
        bank=(),
        **parts,
    )
