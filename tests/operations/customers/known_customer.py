"""A customer that everything knows, and which is erased; all that says who it is has one word in it."""

from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, cast

from invoicing.domain.credit_notes.credit_note import CreditNote
from invoicing.domain.deliveries.suppression import FailureStreak, Suppression
from invoicing.domain.due_work import Work
from invoicing.domain.erasure.erasure import Erasure
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.invoices.invoice_walk import SETTLED
from invoicing.domain.parties.customer import Customer
from invoicing.domain.parties.details import Address, Contact, TaxId
from invoicing.domain.payments.payment import Payment
from invoicing.operations.customers._erasure import ErasurePorts
from invoicing.operations.customers.delete_customer import delete_customer
from invoicing.operations.customers.get_customer_statement import Period
from invoicing.operations.customers.send_customer_statement import send_customer_statement
from invoicing.operations.documents.credit_note import CREDIT_NOTE
from invoicing.operations.documents.invoice import INVOICE
from invoicing.operations.documents.order_email import EmailRequest
from invoicing.operations.documents.receipt import RECEIPT
from invoicing.operations.invoices.create_invoice import create_invoice
from invoicing.operations.payments.pay_out_credit import NewCreditPayout, pay_out_credit
from invoicing.operations.payments.refund_payment import NewRefund, refund_payment
from invoicing.operations.reactions.run_due_work import run_due_work
from invoicing.operations.reactions.update_search import update_search
from invoicing.operations.unit_of_work.ports import Store
from tests.books import credit_note, issue, ledger_of, pay
from tests.builders import NOW, PAGE_URL, a_customer, a_new_invoice, an_account
from tests.domain.recurring.plans import a_content
from tests.fake_due_work import FakeDueWork
from tests.fake_files import FakeFileStore
from tests.fakes import Crash, FakeLedger, FakeStore
from tests.office import Office
from tests.operations.recurring.planning import create
from tests.outside import Outside
from tests.sample_particulars import EVERYTHING
from tests.storage.due_site import Dying
from tests.ticking import entries

WORD = "zebra"
MAIL = f"{WORD}@example.com"
AFTER = datetime(2037, 1, 1, tzinfo=UTC)
"""When everything of `NOW` has been kept for ten years."""

KNOWN = a_customer(
    name=f"{WORD} Ltd.",
    trading_name=WORD,
    email=MAIL,
    cc_emails=(f"cc.{MAIL}",),
    phone=WORD,
    website=f"https://{WORD}.example",
    address=Address(line1=f"{WORD} Street 1", country="GB"),
    shipping_address=Address(line1=f"{WORD} Dock"),
    tax_ids=(TaxId(type="gb_vat", value=WORD),),
    contact=Contact(name=WORD, email=f"contact.{MAIL}"),
    buyer_reference=WORD,
    notes=WORD,
    metadata={"crm": WORD},
)
TEXTS: dict[str, Any] = {
    "notes": WORD,
    "purchase_order": WORD,
    "email_subject": WORD,
    "email_message": WORD,
    "metadata": {"crm": WORD},
    "particulars": replace(EVERYTHING, buyer_reference=WORD, sales_order=WORD, reference=WORD),
}


@dataclass
class Erasing:
    """An office that knows a customer, and erases it."""

    store: FakeStore = field(default_factory=FakeStore)
    objects: FakeFileStore = field(default_factory=FakeFileStore)

    def __post_init__(self) -> None:
        self.office = Office(self.store)
        self.store.keep(an_account(searchable_metadata=("crm",)), KNOWN)

    def fill(self) -> None:
        """Let there be some of everything."""
        office = self.office
        invoice = issue(office, **TEXTS)
        payment = pay(office, invoice, "150", reference=WORD, notes=WORD)
        credit_note(office, issue(office, **TEXTS))
        office.run_use_case(
            lambda uow: refund_payment(uow, payment.id, NewRefund(amount=Decimal(10), reason=WORD), ledger_of(office))
        )
        issue(office, "30", **TEXTS)
        payout = NewCreditPayout(amount=Decimal(20), method="cash", reference=WORD)
        office.run_use_case(lambda uow: pay_out_credit(uow, KNOWN.id, payout))
        office.run_use_case(
            lambda uow: create_invoice(uow, a_new_invoice(**TEXTS), send_email=False, page_url=PAGE_URL)
        )
        create(office, content=a_content(**TEXTS))
        email = EmailRequest(to=(f"boss.{MAIL}",))
        office.run_use_case(lambda uow: send_customer_statement(uow, KNOWN.id, Period(), email, FakeLedger(self.store)))
        for mailbox in (MAIL, f"boss.{MAIL}", f"contact.{MAIL}"):
            self.store.keep(_suppression(mailbox), FailureStreak(account=KNOWN.account, id=mailbox, version=1))
        self._draw()
        update_search(office.uow, list(self.store.events.values()))

    def _draw(self) -> None:
        for kind, document in ((Invoice, INVOICE), (CreditNote, CREDIT_NOTE), (Payment, RECEIPT)):
            for entity in self.store.all(cast("type[Any]", kind)):
                self.objects.keep(cast(Any, document).object_name(entity), WORD.encode())

    def delete(self, *, erase: bool = True) -> None:
        """DELETE /customers/{customer_id}."""
        ledger = ledger_of(self.office) if erase else None
        self.office.run_use_case(lambda uow: delete_customer(uow, KNOWN.id, erase_with=ledger))

    def archive(self) -> None:
        """Archive the customer, and let ten years go by."""
        self.delete(erase=False)
        self.office.now = AFTER

    def tick(self, store: Store | None = None) -> list[Work]:
        """Do what is due of erasures, as one tick does; ``store`` may die over it."""
        office = Office(store or self.store, now=self.office.now, ids=self.office.ids)
        outside = Outside(erasures=ErasurePorts(objects=self.objects, ledger=FakeLedger(self.store)))
        index = FakeDueWork(self.store)
        due = [each for each in entries(self.store) if each.kind == Erasure.__name__ and each.at <= office.now]
        return [work for each in due for work in run_due_work(each, office.uow, index, None, outside)]

    def tick_and_die(self, calls: int) -> None:
        """A tick that dies after so many half calls to the store."""
        with suppress(Crash):
            self.tick(cast(Store, Dying(self.store, calls)))

    def finish(self) -> None:
        """Do all that is left."""
        for _ in range(10):
            self.tick()
            self.office.now += SETTLED
        assert self.store.all(Erasure) == []

    def left(self) -> list[Any]:
        """Everything that says who the customer is."""
        known = [entity for entity in self.store.entities.values() if WORD in repr(entity).lower()]
        return [*known, *(event for event in self.store.events.values() if WORD in repr(event))]

    def customer(self) -> Customer:
        """The customer as it is now."""
        found: Customer = self.store.entities[Customer, KNOWN.account, KNOWN.id]
        return found


def _suppression(mailbox: str) -> Suppression:
    return Suppression(
        account=KNOWN.account,
        id=mailbox,
        version=1,
        address=mailbox,
        reason="bounced",
        delivery_id="dlv_0",
        document_kind="invoice",
        document_id="inv_0",
        created_at=NOW,
    )
