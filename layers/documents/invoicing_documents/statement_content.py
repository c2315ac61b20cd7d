"""The text of statements and receipts in the customer's language."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.ledger.entry import LedgerEntry, Movement
from invoicing.domain.ledger.statement import Statement
from invoicing.domain.parties.account import Seller
from invoicing.domain.parties.customer import Buyer
from invoicing.domain.payments.payment import Payment
from invoicing.domain.templates.template import Template
from invoicing.operations.customers.get_customer_statement import CustomerStatement
from invoicing_documents.content import Content
from invoicing_documents.designs import in_design, in_language, worded_for
from invoicing_documents.parties import Field, bank_fields, buyer_of, seller_of
from invoicing_documents.plain_text import one_line, plain_text
from invoicing_documents.reminder_content import owed_field
from invoicing_documents.wording import LEFT_TO_RIGHT, NO_BREAK_SPACE, Wording

_WORDS = {Movement.INVOICE: "invoice", Movement.WRITE_OFF: "amount_written_off"}
"""Words of movements that differ from the movement's name."""


def statement_content_of(found: CustomerStatement, template: Template | None = None) -> tuple[Content, ...]:
    """Return the text of a statement around its movements, one for each currency: they differ in their sums only."""
    template = in_language(template, found.locale)
    wording, first = worded_for(found.locale, template), found.statements[0]
    closing = [wording.money(statement.closing_balance, statement.currency) for statement in found.statements]
    owes = any(statement.closing_balance > 0 for statement in found.statements)
    return tuple(
        _letter_in(
            template,
            wording,
            found.seller,
            found.buyer,
            {"statement": found},
            title=wording["statement"],
            facts=(
                Field(wording["period"], f"{wording.date(first.start)} – {wording.date(first.end)}"),
                Field(wording["date"], wording.date(found.made_on)),
            ),
            panel=Field(wording["closing_balance"], f"{NO_BREAK_SPACE}· ".join(closing)),
            summary=_sums(statement, wording),
            total=Field(f"{wording['closing_balance']} ({statement.currency})", balance),
            included_tax=ageing_fields(statement, wording, wording.amount),
            **(how_to_pay(found.seller, wording) if owes else {}),
        )
        for statement, balance in zip(found.statements, closing, strict=True)
    )


def ageing_fields(statement: Statement, wording: Wording, write: Callable[[int, str], str]) -> tuple[Field, ...]:
    """Return the unused credit and what is due by days overdue, each only where there is any.

    A method of the wording writes the amounts.
    """
    ageing, found = statement.ageing, []
    credit = ageing.unapplied_credit if ageing else statement.closing_credit
    if credit:
        found.append((wording["unused_credit"], credit))
    if ageing and any(ageing.buckets):
        mark = LEFT_TO_RIGHT if wording.direction == "rtl" else ""  # or "1–30" would read "30–1"
        overdue = (f"{wording['days_overdue']} {mark}{days}" for days in ("1–30", "31–60", "61–90", "91+"))
        found += zip((wording["not_yet_due"], *overdue), ageing.buckets, strict=True)
    return tuple(Field(label, write(amount, statement.currency)) for label, amount in found)


def how_to_pay(seller: Seller, wording: Wording) -> dict[str, Any]:
    """Return how to pay as parts of a `Content`."""
    return {
        "payment_instructions": plain_text(seller.payment_instructions or "").strip(),
        "payment": bank_fields(seller.bank_account, wording),
    }


def receipt_content_of(payment: Payment, template: Template | None = None) -> Content:
    """Return the text of a receipt around its allocations; later events do not change it."""
    template = in_language(template, payment.locale)
    wording = worded_for(payment.locale, template)
    paid = wording.money(payment.amount, payment.currency)
    facts = [
        Field(wording["payment_date"], wording.date(payment.payment_date)),
        Field(wording["payment_method"], wording[f"method_{payment.method}"]),
    ]
    if payment.reference:
        facts.append(Field(wording["reference"], one_line(payment.reference)))
    return _letter_in(
        template,
        wording,
        payment.seller,
        payment.buyer,
        {"payment": payment},
        number=payment.receipt_number,
        title=wording["receipt"],
        facts=(*facts, Field(wording["payment"], payment.id)),
        panel=Field(wording["amount_paid"], paid),
        summary=(),
        total=Field(f"{wording['amount_paid']} ({payment.currency})", paid),
        included_tax=outstanding_field(payment, wording),
    )


def outstanding_field(payment: Payment, wording: Wording) -> tuple[Field, ...]:
    """Return what was still due on the invoices after a payment; nothing without any, or where it is not known."""
    left = [part.still_due for part in payment.allocations]
    if not left or None in left:
        return ()
    return (Field(wording["amount_outstanding"], wording.money(sum(filter(None, left)), payment.currency)),)


def open_invoices_content_of(
    owed: Sequence[Invoice], lead: Invoice, day: date, template: Template | None = None
) -> Content:
    """Return the text of a statement of open invoices around its table; the total is that of one currency of them.

    Seller, buyer and language are those of the ``lead``. `ValueError` without a seller.
    """
    if lead.seller is None:
        raise ValueError(f"invoice {lead.id} has no seller")
    template = in_language(template, lead.locale)
    seller, wording = lead.seller, worded_for(lead.locale, template)
    everything = owed_field(owed, wording)
    return _letter_in(
        template,
        wording,
        seller,
        lead.buyer,
        {},
        title=wording["open_invoices"],
        facts=(Field(wording["date"], wording.date(day)),),
        panel=everything,
        summary=(),
        total=everything,
        included_tax=(),
        **how_to_pay(seller, wording),
    )


def movement_of(entry: LedgerEntry, wording: Wording) -> str:
    """Describe an entry."""
    return wording[_WORDS.get(entry.movement, f"movement_{entry.movement}")]


def _sums(statement: Statement, wording: Wording) -> tuple[Field, ...]:
    """Return the rows above the closing balance; they add up to it."""
    amounts = {
        "opening_balance": statement.opening_balance,
        "charges": statement.charged,
        "payments_and_credits": -statement.settled,
    }
    return tuple(Field(wording[name], wording.amount(amount, statement.currency)) for name, amount in amounts.items())


def _letter_in(
    template: Template | None, wording: Wording, seller: Seller, buyer: Buyer, known: Mapping[str, Any], **parts: Any
) -> Content:
    """Return a letter in the design of a template, whose texts see what is ``known``."""
    letter = _letter(wording, seller, buyer, **parts)
    return in_design(letter, template, f"letter to {buyer.id}", buyer, seller, **known)


def _letter(wording: Wording, seller: Seller, buyer: Buyer, **parts: Any) -> Content:
    return Content(
        **{"number": "", "payment_instructions": "", "payment": ()} | parts,
        wording=wording,
        seller=seller_of(wording, seller),
        seller_email=one_line(seller.email) if seller.email else None,
        buyer=buyer_of(wording, buyer),
        buyer_heading=wording["customer"],
        rows=(),
        notes_heading="",
        notes="",
    )
