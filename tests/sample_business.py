"""The business that the sample events of events/ speak of, made by the real use cases with fixed ids and time."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, Protocol

from invoicing.api.inputs.customers import CreateCustomerInput
from invoicing.api.inputs.invoices import CreateInvoiceInput
from invoicing.domain.access.caller import partition
from invoicing.domain.events.event import Actor
from invoicing.domain.invoices.drafting import NewInvoice
from invoicing.exact_json import loads
from invoicing.operations.account.create_account import NewAccount, create_account
from invoicing.operations.account.create_api_key import NewApiKey, create_api_key
from invoicing.operations.credit_notes.create_credit_note import NewCreditNote, create_credit_note
from invoicing.operations.customers.create_customer import create_customer
from invoicing.operations.invoices.create_invoice import create_invoice
from invoicing.operations.invoices.write_off_invoice import write_off_invoice
from invoicing.operations.payments.record_invoice_payment import NewPayment, record_invoice_payment
from invoicing.operations.unit_of_work.change_set import ChangeSet
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork, run_use_case
from invoicing.wiring import wiring
from tests.aws import Aws
from tests.builders import a_caller
from tests.structure.project import modules_of_resources


class Run(Protocol):
    """Runs a use case of the business: ``ids`` are given out by prefix, ``first`` begins the ids of its events."""

    def __call__(
        self, use_case: Callable[[UnitOfWork], object], *, first: int = 0, secret: str = "", **ids: str
    ) -> None: ...


OPENED_AT = datetime(2025, 3, 1, 9, 30, tzinfo=UTC)
ACCOUNT_ID = "acc_0195512345007a3b8c1d2e3f40516273"
SETTLED_ID = "inv_0195512345007a3b8c1d2e3f40516271"
PAID_ID = "inv_0195512345007a3b8c1d2e3f40516272"
DRAFT_ID = "inv_0195512345007a3b8c1d2e3f40516270"
CREDITED_ID = "inv_0195512345007a3b8c1d2e3f4051627c"
UNUSED_NOTE_ID = "cn_0195512345007a3b8c1d2e3f4051627e"
API_KEY = "sk_test_sample_key_for_local_invoke_only"
PAGE_TOKEN = "sample_token_of_one_invoice_page"
IDS = {
    "acc": ACCOUNT_ID,
    "key": "key_0195512345007a3b8c1d2e3f40516274",
    "inv": "inv_0195512345007a3b8c1d2e3f40516275",
    "item": "item_0195512345007a3b8c1d2e3f40516276",
    "pay": "pay_0195512345007a3b8c1d2e3f40516275",
    "cn": "cn_0195512345007a3b8c1d2e3f40516278",
    "dlv": "dlv_0195512345007a3b8c1d2e3f40516277",
}
_CUSTOMER = {"id": "cust_123", "name": "Example Customer", "email": "customer@example.com"}
_INVOICE = """{
    "customer_id": "cust_123",
    "items": [{"description": "Web Development Services", "quantity": 10, "unit_price": 150.00}],
    "currency": "USD"
}"""


def open_sample_business() -> None:
    """An account with its key, a customer, a draft, an invoice sent to it by e-mail, and a credit note for another."""
    keys = wiring().api_keys
    new, ids, secret = NewAccount(name="Sample Ltd", email="billing@example.com"), IDS, API_KEY.removeprefix("sk_test_")
    run_use_case(lambda changes: _unit_of_work(changes, "", ids, secret), lambda uow: create_account(uow, keys, new))
    _run(lambda uow: create_customer(uow, CreateCustomerInput.parse(_CUSTOMER).customer()))
    invoice = CreateInvoiceInput.parse(loads(_INVOICE)).invoice()
    page_url = "https://api.example.com/v1/invoicing/i"
    _run(lambda uow: create_invoice(uow, invoice, send_email=False, page_url=page_url), inv=DRAFT_ID)
    _credit_another(invoice, page_url)
    _run(lambda uow: create_invoice(uow, invoice, send_email=True, page_url=page_url))
    keep_samples_of_resources()


def settle_sample_business() -> None:
    """Another invoice: paid in part, the rest written off, and then paid after all, so that its customer has credit.

    And another key, so that the first one may end.
    """
    caller = a_caller(account=partition(ACCOUNT_ID, "test"), key_id=IDS["key"], mode="test")
    key = NewApiKey(name="Another", scopes=("*",))
    key_id, secret = "key_0195512345007a3b8c1d2e3f4051627b", "another_key"
    _run(lambda uow: create_api_key(uow, wiring().api_keys, caller, key), secret=secret, key=key_id)
    invoice = CreateInvoiceInput.parse(loads(_INVOICE)).invoice()
    page_url = "https://api.example.com/v1/invoicing/i"
    ids = {"inv": SETTLED_ID, "dlv": "dlv_0195512345007a3b8c1d2e3f40516278"}
    _run(
        lambda uow: create_invoice(uow, invoice, send_email=True, page_url=page_url),
        first=96,
        secret="sample_token_of_another_invoice_",
        **ids,
    )
    paid = NewPayment(amount=Decimal(1), method="cash")
    _run(lambda uow: record_invoice_payment(uow, SETTLED_ID, paid), first=112)
    _run(lambda uow: write_off_invoice(uow, SETTLED_ID, "Insolvent"), first=128)
    more = NewPayment(amount=Decimal(50), method="cash", allow_overpayment=True)
    pay = "pay_0195512345007a3b8c1d2e3f40516276"
    _run(lambda uow: record_invoice_payment(uow, SETTLED_ID, more), first=144, pay=pay)


def _credit_another(invoice: NewInvoice, page_url: str) -> None:
    """An invoice whose every id is another than those of the samples, and its credit note, whose id is one of them."""
    own, others = replace(invoice, number="OWN-1"), {"inv": CREDITED_ID, "dlv": "dlv_0195512345007a3b8c1d2e3f40516279"}
    _run(lambda uow: create_invoice(uow, own, send_email=True, page_url=page_url), secret="another", first=32, **others)
    note = NewCreditNote(reason="Billed twice")
    _run(lambda uow: create_credit_note(uow, CREDITED_ID, note, page_url=page_url), first=64)


def pay_sample_business() -> None:
    """Another invoice, paid in part: its payment can be refunded and reversed."""
    invoice = CreateInvoiceInput.parse(loads(_INVOICE)).invoice()
    page_url = "https://api.example.com/v1/invoicing/i"
    ids = {"inv": PAID_ID, "dlv": "dlv_0195512345007a3b8c1d2e3f4051627a"}
    secret = "sample_token_of_a_paid_invoice__"
    _run(lambda uow: create_invoice(uow, invoice, send_email=True, page_url=page_url), first=160, secret=secret, **ids)
    paid = NewPayment(amount=Decimal(500), method="check")
    pay = "pay_0195512345007a3b8c1d2e3f4051627a"
    _run(lambda uow: record_invoice_payment(uow, PAID_ID, paid), first=192, pay=pay)
    _credit_a_paid_one(invoice, page_url)


def _credit_a_paid_one(invoice: NewInvoice, page_url: str) -> None:
    """An invoice that is paid and credited, so that its credit note can be voided."""
    invoice_id = "inv_0195512345007a3b8c1d2e3f4051627e"
    ids = {"inv": invoice_id, "dlv": "dlv_0195512345007a3b8c1d2e3f4051627e"}
    secret = "sample_token_of_a_credited_one__"
    _run(lambda uow: create_invoice(uow, invoice, send_email=True, page_url=page_url), first=208, secret=secret, **ids)
    paid = NewPayment(amount=Decimal(1500), method="cash")
    pay = "pay_0195512345007a3b8c1d2e3f4051627e"
    _run(lambda uow: record_invoice_payment(uow, invoice_id, paid), first=224, pay=pay)
    note = NewCreditNote(reason="Typed wrong")
    _run(lambda uow: create_credit_note(uow, invoice_id, note, page_url=page_url), first=240, cn=UNUSED_NOTE_ID)


def keep_samples_of_resources() -> None:
    """What the files ``tests/functions/<resource>/samples.py`` add to the business."""
    for module in modules_of_resources("samples"):
        module.keep(_run)


def _run(use_case: Callable[[UnitOfWork], object], *, first: int = 0, secret: str = PAGE_TOKEN, **ids: str) -> None:
    account = partition(ACCOUNT_ID, "test")
    run_use_case(lambda changes: _unit_of_work(changes, account, IDS | ids, secret, first), use_case)


def _unit_of_work(changes: ChangeSet, account: str, ids: Mapping[str, str], secret: str, first: int = 0) -> UnitOfWork:
    events = iter(range(first, first + 100))

    def new_id(prefix: str) -> str:
        return ids[prefix] if prefix in ids else f"{prefix}_0195512345007a3b8c1d2e3f406000{next(events):02x}"

    return UnitOfWork(
        account=account,
        actor=Actor("api_key", IDS["key"]),
        real_now=OPENED_AT,
        store=wiring().store,
        new_id=new_id,
        new_secret=lambda: secret,
        changes=changes,
    )


def kept_events(aws: Aws) -> dict[str, dict[str, Any]]:
    """The stored items of its events under their type, of several the first."""
    items = sorted(aws.items("events"), key=lambda item: item["sk"]["S"], reverse=True)
    return {item["type"]["S"]: item for item in items}
