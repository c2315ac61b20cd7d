"""What texts can read: the invoice with its items, its customer, and the account that sends it."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from invoicing.dataclass import dataclass
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.invoices.lifecycle import is_overdue
from invoicing.domain.invoices.line import Line
from invoicing.domain.money.amounts import price_in_major, to_major
from invoicing.domain.parties.account import Account, Seller
from invoicing.domain.parties.customer import Buyer, Customer
from invoicing_documents.addresses import address_lines
from invoicing_documents.own_texts.values import Money, Value, ValueKind, Variable, View, ViewKind, number
from invoicing_documents.parties import grouped
from invoicing_documents.wording import Wording

if TYPE_CHECKING:
    from invoicing.domain.payments.payment import Payment
    from invoicing.operations.customers.get_customer_statement import CustomerStatement

TEXT, NUMBER, AMOUNT, DATE, FLAG = ValueKind


@dataclass(frozen=True, slots=True)
class InvoiceFacts:
    """An invoice on the civil date ``today`` of its account; ``hosted_url`` is None for a draft.

    Its items are made once, as a text may read them in a loop.
    """

    invoice: Invoice
    items: tuple[View, ...]
    customer: View
    today: date
    hosted_url: str | None


@dataclass(frozen=True, slots=True)
class PartyFacts:
    """A customer or an account, and the wording of its address."""

    party: Account | Seller | Buyer | Customer
    wording: Wording


@dataclass(frozen=True, slots=True)
class ItemFacts:
    """A line of an invoice, and the invoice's currency."""

    line: Line
    currency: str


def _of_party(kind: ValueKind, meaning: str, name: str) -> Variable:
    return Variable(kind, meaning, lambda facts: getattr(facts.party, name))


def _of_bank(meaning: str, read: Callable[[Any], Value]) -> Variable:
    return Variable(TEXT, meaning, lambda facts: facts.party.bank_account and read(facts.party.bank_account))


def _of_line(kind: ValueKind, meaning: str, read: Callable[[Line], Value]) -> Variable:
    return Variable(kind, meaning, lambda facts: read(facts.line))


def _line_amount(meaning: str, read: Callable[[Line], int]) -> Variable:
    return Variable(AMOUNT, meaning, lambda facts: Money(to_major(read(facts.line), facts.currency), facts.currency))


def _of_invoice(kind: ValueKind, meaning: str, read: Callable[[Invoice], Value]) -> Variable:
    return Variable(kind, meaning, lambda facts: read(facts.invoice))


def _invoice_amount(meaning: str, read: Callable[[Invoice], int]) -> Variable:
    return _of_invoice(
        AMOUNT, meaning, lambda invoice: Money(to_major(read(invoice), invoice.currency), invoice.currency)
    )


def _address(facts: PartyFacts) -> str:
    return "\n".join(address_lines(facts.party.address, facts.wording)) if facts.party.address else ""


def _days_overdue(facts: InvoiceFacts) -> Decimal:
    invoice = facts.invoice
    return Decimal((facts.today - invoice.due_date).days if is_overdue(invoice, facts.today) else 0)


_PARTY = {
    "name": _of_party(TEXT, "Name", "name"),
    "email": _of_party(TEXT, "E-mail address", "email"),
    "address": Variable(TEXT, "Address, one line below the other", _address),
}

CUSTOMER = ViewKind("customer", {"id": _of_party(TEXT, "Id", "id"), **_PARTY}, prints_as="name")

ACCOUNT = ViewKind(
    "account",
    {
        **_PARTY,
        "payment_instructions": _of_party(TEXT, "How to pay", "payment_instructions"),
        "iban": _of_bank("IBAN of the bank account", lambda bank: grouped(bank.iban or "")),
        "bic": _of_bank("BIC of the bank account", lambda bank: bank.bic),
        "account_holder": _of_bank("Holder of the bank account", lambda bank: bank.holder),
    },
    prints_as="name",
)

ITEM = ViewKind(
    "item",
    {
        "description": _of_line(TEXT, "Description", lambda line: line.description),
        "quantity": _of_line(NUMBER, "Quantity", lambda line: number(line.quantity)),
        "unit": _of_line(TEXT, "Unit", lambda line: line.unit),
        "sku": _of_line(TEXT, "SKU", lambda line: line.sku),
        "unit_price": Variable(
            AMOUNT,
            "Unit price, with all its decimals",
            lambda facts: Money(price_in_major(facts.line.unit_price, facts.currency), facts.currency),
        ),
        "tax_rate": _of_line(NUMBER, "Tax rate as fraction", lambda line: line.tax_rate),
        "discount": _line_amount("Discount", lambda line: line.discount_amount),
        "subtotal": _line_amount("Amount before discount and tax", lambda line: line.subtotal),
        "tax": _line_amount("Tax", lambda line: line.tax),
        "total": _line_amount("Amount with tax", lambda line: line.total),
    },
    prints_as="description",
)

INVOICE = ViewKind(
    "invoice",
    {
        "number": _of_invoice(TEXT, "Number; empty in a draft without one", lambda invoice: invoice.number),
        "status": _of_invoice(TEXT, "Status, as in the API", lambda invoice: invoice.status.value),
        "issue_date": _of_invoice(DATE, "Issue date", lambda invoice: invoice.issue_date),
        "due_date": _of_invoice(DATE, "Due date", lambda invoice: invoice.due_date),
        "paid_date": _of_invoice(DATE, "Date on which it was paid", lambda invoice: invoice.paid_date),
        "is_overdue": Variable(FLAG, "Whether it is overdue", lambda facts: is_overdue(facts.invoice, facts.today)),
        "days_overdue": Variable(NUMBER, "Days since the due date; 0 when it is not overdue", _days_overdue),
        "currency": _of_invoice(TEXT, "ISO 4217 code of the currency", lambda invoice: invoice.currency),
        "subtotal": _invoice_amount("Sum of the items before discount and tax", lambda invoice: invoice.subtotal),
        "discount": _invoice_amount("Discount", lambda invoice: invoice.discount_amount),
        "tax": _invoice_amount("Tax", lambda invoice: invoice.tax),
        "total": _invoice_amount("Total", lambda invoice: invoice.total),
        "amount_payable": _invoice_amount("Amount asked for", lambda invoice: invoice.amount_payable),
        "amount_paid": _invoice_amount("Amount paid", lambda invoice: invoice.amount_paid),
        "amount_due": _invoice_amount("Amount still to be paid", lambda invoice: invoice.amount_due),
        "purchase_order": _of_invoice(TEXT, "The customer's purchase order", lambda invoice: invoice.purchase_order),
        "notes": _of_invoice(TEXT, "Notes", lambda invoice: invoice.notes),
        "hosted_url": Variable(TEXT, "Address of the hosted page; empty in a draft", lambda facts: facts.hosted_url),
        "customer": Variable(CUSTOMER, "The customer, as on the invoice", lambda facts: facts.customer),
        "items": Variable(ITEM, "The items", lambda facts: facts.items, is_list=True),
    },
    prints_as="number",
)

KINDS: Mapping[str, ViewKind] = {kind.name: kind for kind in (INVOICE, CUSTOMER, ACCOUNT)}
"""What the texts of an invoice see, by its name in them."""

PAYMENT = ViewKind(
    "payment",
    {
        "id": Variable(TEXT, "Id", lambda payment: payment.id),
        "amount": Variable(
            AMOUNT, "Amount", lambda payment: Money(to_major(payment.amount, payment.currency), payment.currency)
        ),
        "payment_date": Variable(DATE, "Date of the payment", lambda payment: payment.payment_date),
        "method": Variable(TEXT, "Method, as in the API", lambda payment: payment.method),
        "reference": Variable(TEXT, "Reference", lambda payment: payment.reference),
    },
    prints_as="id",
)

STATEMENT = ViewKind(
    "statement",
    {
        "start_date": Variable(DATE, "First day", lambda found: found.statements[0].start),
        "end_date": Variable(DATE, "Last day", lambda found: found.statements[0].end),
        "date": Variable(DATE, "Day on which it was made", lambda found: found.made_on),
    },
    prints_as="date",
)

TEMPLATE_KINDS: Mapping[str, ViewKind] = {**KINDS, PAYMENT.name: PAYMENT, STATEMENT.name: STATEMENT}
"""What the texts of a template see: on a receipt also the payment, and on a statement that, each empty elsewhere."""


def variables_of(
    invoice: Invoice,
    sender: Account | Seller,
    wording: Wording,
    *,
    today: date,
    hosted_url: str | None,
) -> dict[str, Value]:
    """Return what the texts of an invoice see; ``today`` is the civil date in the account's time zone."""
    customer = View(CUSTOMER, PartyFacts(invoice.buyer, wording))
    items = tuple(View(ITEM, ItemFacts(line, invoice.currency)) for line in invoice.lines)
    facts = InvoiceFacts(invoice, items, customer, today, hosted_url)
    return {
        "invoice": View(INVOICE, facts),
        "customer": customer,
        "account": View(ACCOUNT, PartyFacts(sender, wording)),
        "payment": None,
        "statement": None,
    }


def _nothing(_: object) -> Value:
    return None


def _no_items(_: object) -> Value:
    return ()


_OF_OTHERS: Mapping[str, Callable[[Any], Value]] = {
    "number": lambda facts: facts.number,
    "currency": lambda facts: facts.currency,
    "customer": lambda facts: facts.customer,
}
"""What the texts of other documents know of an invoice; the rest is empty."""

_INVOICE_OF_OTHERS = ViewKind(
    INVOICE.name,
    {
        name: replace(variable, read=_OF_OTHERS.get(name, _no_items if variable.is_list else _nothing))
        for name, variable in INVOICE.fields.items()
    },
    INVOICE.prints_as,
)


@dataclass(frozen=True, slots=True)
class OtherFacts:
    """What a document that is no invoice knows of one: the number of a credit note's, and its currency."""

    number: str | None
    currency: str | None
    customer: View


def variables_of_others(
    buyer: Buyer,
    seller: Seller,
    wording: Wording,
    *,
    number: str | None = None,
    currency: str | None = None,
    payment: "Payment | None" = None,
    statement: "CustomerStatement | None" = None,
) -> dict[str, Value]:
    """Return what the texts of other documents see: an invoice, of which little is known, customer and account.

    Those of a receipt and of a statement see it, too.
    """
    customer = View(CUSTOMER, PartyFacts(buyer, wording))
    return {
        "invoice": View(_INVOICE_OF_OTHERS, OtherFacts(number, currency, customer)),
        "customer": customer,
        "account": View(ACCOUNT, PartyFacts(seller, wording)),
        "payment": View(PAYMENT, payment) if payment else None,
        "statement": View(STATEMENT, statement) if statement else None,
    }
