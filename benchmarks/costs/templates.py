"""What is measured of templates (`benchmarks.cost`)."""

from typing import TYPE_CHECKING

from benchmarks.costs.patterns import READ, READ_TOGETHER, WRITE, WRITE_ONE
from benchmarks.costs.portal import OPEN
from benchmarks.requests import invoice_body
from tests.http import load_handler

if TYPE_CHECKING:
    from benchmarks.cost import Client

READ_VERSION = [*READ, "GetItem"]
"""The account says which version of a template is current."""

CHANGE = [*READ_VERSION, "TransactWriteItems"]

REQUESTS = {
    "create_template": WRITE_ONE,
    "get_template": READ_VERSION,
    "get_template, unknown": READ,
    "list_templates, of 2": [*READ, "BatchGetItem"],
    "list_templates, of none": READ,
    "update_template": CHANGE,
    "update_template, nothing new": READ_VERSION,
    "set_default_template": CHANGE,
    "create_invoice, with a template": WRITE,
    "get_invoice, a draft with a template": [*READ_TOGETHER, "GetItem"],
    "preview_template": READ_VERSION,
    "preview_template, with an invoice": [*READ_VERSION, "GetItem"],
    "get_invoice_pdf, with a template": [*READ_TOGETHER, "GetObject", "GetItem", "PutObject"],
    "view_portal_invoice, with a template": [*OPEN, "GetItem", "GetItem"],
    "download_portal_invoice, with a template": [*OPEN, "GetItem", "GetObject"],
    "download_portal_credit_note, with a template": [*OPEN, "GetItem", "GetObject", "GetItem", "PutObject"],
    "create_customer, with a template": WRITE_ONE,
    "get_customer_statement, with a template, PDF": [*READ_TOGETHER, *["Query"] * 2, "GetItem"],
    "get_payment_receipt, with a template": [*READ, "GetObject", "GetItem", "PutObject"],
    "delete_template": WRITE_ONE,
    "delete_template, the default": READ,
}


def measure(client: "Client") -> None:
    """Two templates, one of them the default, in an account of its own: no other invoice is to have one."""
    before, account = client.key, {"name": "Acme", "email": "ap@acme.example", "time_zone": "UTC"}
    client.key = load_handler("account/create_account")(account, None)["api_key"]
    client.ask("get_account")  # the first request of a key costs one more
    client.call("list_templates, of none")
    fields = {"name": "Letterhead", "layout": "modern", "footer": "{{ account.name }}"}
    first = client.call("create_template", fields, status=201).data["id"]
    second = client.ask("create_template", fields).data["id"]
    client.call("get_template", template_id=first)
    client.call("get_template, unknown", template_id="tmpl_9", status=404)
    client.call("list_templates, of 2")
    client.call("update_template", {"footer": "Thank you"}, template_id=first)
    client.call("update_template, nothing new", {"footer": "Thank you"}, template_id=first)
    client.call("set_default_template", template_id=first)
    client.ask("create_customer", {"id": "cust_710", "name": "Ada", "email": "ada@templates.example"})
    body = invoice_body(2) | {"customer_id": "cust_710", "template_id": second}
    issued = client.call("create_invoice, with a template", body | {"send_email": True}, status=201).data["id"]
    draft = client.ask("create_invoice", body).data["id"]
    client.call("get_invoice, a draft with a template", invoice_id=draft)
    client.call("preview_template", {}, template_id=first)
    client.call("preview_template, with an invoice", {"format": "html", "invoice_id": issued}, template_id=first)
    client.call("get_invoice_pdf, with a template", invoice_id=issued)
    _measure_other_documents(client, issued, first)
    _measure_portal(client, issued)
    client.call("delete_template", status=204, template_id=second)
    client.call("delete_template, the default", status=409, template_id=first)
    client.key = before


def _measure_other_documents(client: "Client", invoice: str, template: str) -> None:
    client.call("create_customer, with a template", {"name": "Grace", "template_id": template}, status=201)
    pdf = {"accept": "application/pdf"}
    client.call("get_customer_statement, with a template, PDF", customer_id="cust_710", headers=pdf)
    payment = client.ask("record_invoice_payment", {"amount": 1}, invoice_id=invoice).data["id"]
    client.call("get_payment_receipt, with a template", payment_id=payment)


def _measure_portal(client: "Client", invoice: str) -> None:
    note = client.ask("create_credit_note", {"reason": "All"}, invoice_id=invoice).data["id"]
    link = client.ask("create_portal_link", {}, customer_id="cust_710").data["url"]
    portal = {"key": None, "token": link.rpartition("/")[2]}
    client.call("view_portal_invoice, with a template", **portal, invoice_id=invoice)
    client.call("download_portal_invoice, with a template", **portal, invoice_id=invoice, status=302)
    client.call("download_portal_credit_note, with a template", **portal, credit_note_id=note, status=302)
