"""Invoices: drafts, numbers, e-mails, voids, write-offs, and what their customers see."""

from datetime import timedelta
from typing import Any

from invoicing.domain.invoices.page_link import PageLink
from tests.simulation.client import FIRST_CUSTOMER, Clerk


def create_invoice(clerk: Clerk) -> None:
    key = clerk.new_key()
    clerk.create("invoice", "invoices/create_invoice", _new_invoice(clerk, key), key=key)


def create_invoices(clerk: Clerk) -> None:
    """Several at once: with keys of their own, which another bulk request repeats in another order, or with one key."""
    keys = [clerk.new_key() for _ in range(clerk.random.randint(1, 4))]
    invoices = [_new_invoice(clerk, key) for key in keys]
    if clerk.random.random() < 0.5:
        invoices = [new | {"idempotency_key": key} for new, key in zip(invoices, keys, strict=True)]
        clerk.send_bulk("invoice", "invoices/create_invoices", invoices[::-1])
    clerk.send_bulk("invoice", "invoices/create_invoices", invoices)


def _new_invoice(clerk: Clerk, key: str) -> dict[str, Any]:
    items = [{"description": "Work", "quantity": clerk.random.randint(1, 3), "unit_price": 100, "tax_rate": 0.2}]
    customer = clerk.random.choice((clerk.any_known("customer"), FIRST_CUSTOMER))
    body: dict[str, Any] = {
        "customer_id": customer,
        "items": items,
        "purchase_order": key,
        "send_email": clerk.random.random() < 0.7,
    }
    if body["send_email"]:
        body["email_subject"] = key
    if days := clerk.random.choice((None, -3, 0, 1)):
        body["due_date"] = (clerk.now + timedelta(days=days)).date().isoformat()
    return body


def update_invoice(clerk: Clerk) -> None:
    _do(clerk, "invoices/update_invoice", {"notes": clerk.new_key()})


def send_invoice(clerk: Clerk) -> None:
    key = clerk.new_key()
    body = {"send_email": clerk.random.random() < 0.8, "email_subject": key}
    if invoice := clerk.any_known("invoice"):
        clerk.send("invoices/send_invoice", body, key=key, invoice_id=invoice)


def void_invoice(clerk: Clerk) -> None:
    _do(clerk, "invoices/void_invoice", {"reason": "Mistake"})


def revise_invoice(clerk: Clerk) -> None:
    if invoice := clerk.any_known("invoice"):
        clerk.create("invoice", "invoices/revise_invoice", {}, key=clerk.new_key(), invoice_id=invoice)


def delete_invoice(clerk: Clerk) -> None:
    _do(clerk, "invoices/delete_invoice")


def write_off_invoice(clerk: Clerk) -> None:
    _do(clerk, "invoices/write_off_invoice", {"reason": "Insolvent"})


def undo_write_off(clerk: Clerk) -> None:
    _do(clerk, "invoices/undo_write_off")


def view_invoice(clerk: Clerk) -> None:
    """Somebody opens a page whose link is in an e-mail."""
    links = clerk.simulation.store.all(PageLink)
    if links:
        clerk.send("pages/view_invoice", token=clerk.random.choice(links).id)


def _do(clerk: Clerk, file: str, body: object = None) -> None:
    if invoice := clerk.any_known("invoice"):
        clerk.send(file, body, invoice_id=invoice)


STEPS = (
    *(create_invoice,) * 5,
    create_invoices,
    *(send_invoice,) * 3,
    update_invoice,
    void_invoice,
    revise_invoice,
    delete_invoice,
    write_off_invoice,
    undo_write_off,
    view_invoice,
)
