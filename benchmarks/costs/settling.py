"""What is measured of write-offs, credit, balances, statements and receipts (`benchmarks.cost`)."""

from typing import TYPE_CHECKING, Any

from benchmarks.costs.patterns import CLOCK, MAIL, NOTE, READ, READ_TOGETHER, RETURN, WRITE
from benchmarks.requests import invoice_body, message_about

if TYPE_CHECKING:
    from benchmarks.cost import Client


REQUESTS = {
    "write_off_invoice": WRITE,
    "write_off_invoice, again": READ_TOGETHER,
    "undo_write_off": WRITE,
    "undo_write_off, again": READ_TOGETHER,
    "apply_credit": [*READ_TOGETHER, "GetItem", "TransactWriteItems"],
    "apply_credit, more than there is": [*READ_TOGETHER, "GetItem"],
    "apply_credit, all of it": [*READ_TOGETHER, "GetItem", "TransactWriteItems"],
    "create_invoice, paid from credit": [*READ_TOGETHER, "GetItem", "TransactWriteItems"],
    "pay_out_credit": [*READ_TOGETHER, "GetItem", "TransactWriteItems"],
    "pay_out_credit, more than there is": [*READ_TOGETHER, "GetItem"],
    "refund_payment, whose credit was used": [*RETURN[:-1], "Query"],
    "list_credit_payouts": [*READ, "Query"],
    "get_customer_balance": [*READ_TOGETHER, *["Query"] * 2],
    "get_customer_balance, unknown": READ_TOGETHER,
    "get_customer_statement, 9 entries": [*READ_TOGETHER, *["Query"] * 2],
    "get_customer_statement, 9 entries, PDF": [*READ_TOGETHER, *["Query"] * 2],
    "send_customer_statement": [*READ_TOGETHER, *["Query"] * 2, "TransactWriteItems"],
    "deliver_email, of a statement": [
        *CLOCK,
        *["BatchGetItem"] * 2,
        *["Query"] * 2,
        "GetItem",
        *NOTE,
        *MAIL,
        *NOTE,
    ],
    "list_ledger_entries, one page has all": [*READ, "Query"],
    "list_ledger_entries, page 1": [*READ, "Query", "Query"],
    "list_ledger_entries, by type": [*READ, "Query"],
    "list_ledger_entries, CSV": [*READ, "Query"],
    "carry_balances, fewer entries than are worth it": ["GetItem", *["Query"] * 2],
    "get_payment_receipt, first": [*READ, "GetObject", "PutObject"],
    "get_payment_receipt, again": [*READ, "GetObject"],
    "get_payment_receipt, bytes": [*READ, "GetObject"],
    "get_payment_receipt, unknown": READ,
}


def measure(client: "Client") -> None:
    """A customer of its own: what it owes, what is settled without money, and what is said of it."""
    client.ask("create_customer", {"id": "cust_300", "name": "Grace", "email": "grace@example.com"})
    body = invoice_body(2) | {"customer_id": "cust_300", "send_email": True}
    lost, paid, open_ = (client.ask("create_invoice", body).data for _ in range(3))
    client.call("write_off_invoice", {"reason": "Insolvent"}, invoice_id=lost["id"])
    client.call("write_off_invoice, again", invoice_id=lost["id"], status=409)
    client.call("undo_write_off", invoice_id=lost["id"])
    client.call("undo_write_off, again", invoice_id=lost["id"], status=409)
    more = {"amount": paid["total"] + 11, "allow_overpayment": True}
    payment = client.ask("record_invoice_payment", more, invoice_id=paid["id"]).data["id"]
    client.call("apply_credit", {"amount": 4}, invoice_id=open_["id"], status=201)
    client.call("pay_out_credit", {"amount": 1}, customer_id="cust_300", status=201)
    client.call("apply_credit, more than there is", {"amount": 7}, invoice_id=open_["id"], status=422)
    client.call("pay_out_credit, more than there is", {"amount": 9}, customer_id="cust_300", status=422)
    client.call("apply_credit, all of it", invoice_id=open_["id"], status=201)
    client.call("refund_payment, whose credit was used", {"amount": 10**6}, payment_id=payment, status=422)
    client.call("list_credit_payouts", customer_id="cust_300")
    client.call("get_customer_balance", customer_id="cust_300")
    client.call("get_customer_balance, unknown", customer_id="cust_9", status=404)
    pdf = {"accept": "application/pdf"}
    all_of_it: dict[str, Any] = {"customer_id": "cust_300", "query": "?start_date=2020-01-01"}
    client.call("get_customer_statement, 9 entries", **all_of_it)
    client.call("get_customer_statement, 9 entries, PDF", **all_of_it, headers=pdf)
    period = {"start_date": "2020-01-01"}
    client.call("send_customer_statement", period, customer_id="cust_300")
    (event,) = client.events("customer.statement_sent")
    client.react("deliver_email, of a statement", "reactions/deliver_email", message_about(event))
    client.call("list_ledger_entries, one page has all", customer_id="cust_300")
    client.call("list_ledger_entries, page 1", customer_id="cust_300", query="?per_page=3")
    client.call("list_ledger_entries, by type", customer_id="cust_300", query="?per_page=1&type=payment")
    client.call("list_ledger_entries, CSV", customer_id="cust_300", query="?format=csv")
    event = client.events("payment.created")[-1]
    client.react("carry_balances, fewer entries than are worth it", "reactions/carry_balances", message_about(event))
    client.call("get_payment_receipt, first", payment_id=payment)
    client.call("get_payment_receipt, again", payment_id=payment)
    client.call("get_payment_receipt, bytes", payment_id=payment, headers=pdf)
    client.call("get_payment_receipt, unknown", payment_id="pay_9", status=404)
    client.ask("create_customer", {"id": "cust_301", "name": "Grace", "email": "g@e.com", "apply_credit": "auto"})
    client.ask("record_payment", {"customer_id": "cust_301", "amount": 5, "allocations": [], "allow_overpayment": True})
    client.call("create_invoice, paid from credit", body | {"customer_id": "cust_301"}, status=201)
