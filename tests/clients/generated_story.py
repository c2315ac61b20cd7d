"""The first story with the client that openapi-python-client generated, and what datamodel-code-generator reads.

Runs in the environment of the generators, with the folder of what they made, URL and key: prints the bodies that each
read, as JSON whose numbers are ``repr`` of what the client has.
"""

import importlib
import json
import sys
from decimal import Decimal
from typing import Any

CUSTOMER = {"id": "cust_123", "name": "Ada Lovelace", "email": "ada@example.com"}
INVOICE = {
    "customer_id": "cust_123",
    "currency": "USD",
    "prices_include_tax": False,
    "items": [
        {"description": "Web Development Services", "quantity": 10, "unit_price": 150.00, "tax_rate": 0.0825},
        {"description": "Requests", "quantity": 1234567.891, "unit_price": 0.0012345678, "tax_rate": 0.07},
        {
            "description": "Turbine",
            "quantity": 3,
            "unit_price": 123456789.1234,
            "discount": {"type": "percentage", "value": 33.3333},
        },
    ],
}


class Generated:
    """The generated client of an account."""

    def __init__(self, url: str, key: str) -> None:
        self._client = importlib.import_module("generated").AuthenticatedClient(base_url=url, token=key)

    def call(self, operation: str, *ids: str, schema: str | None = None, body: Any = None) -> Any:
        """Return what an operation answers; it must be a response that the document has for success."""
        module = importlib.import_module(f"generated.api.{operation}")
        given = {}
        if schema is not None:
            given["body"] = getattr(importlib.import_module("generated.models"), schema).from_dict(body or {})
        answer = module.sync_detailed(*ids, client=self._client, **given)
        if answer.status_code >= 300:
            raise AssertionError(f"{operation}: {answer.status_code} {answer.content!r}")
        return answer


def story(client: Generated) -> list[Any]:
    """Invoice a customer, send, take a payment, and read it all."""
    client.call("customers.create_customer", schema="CreateCustomerInput", body=CUSTOMER)
    created = client.call("invoices.create_invoice", schema="CreateInvoiceInput", body=INVOICE)
    invoice = created.parsed.data.id
    client.call("invoices.send_invoice", invoice, schema="SendInvoiceInput")
    client.call(
        "payments.record_invoice_payment",
        invoice,
        schema="RecordInvoicePaymentInput",
        body={"amount": 1499.99, "payment_method": "bank_transfer"},
    )
    return [
        created,
        client.call("invoices.get_invoice", invoice),
        client.call("invoices.list_invoices"),
        client.call("payments.list_payments"),
        client.call("customers.get_customer_balance", "cust_123"),
        client.call("invoices.calculate_invoice", schema="CalculateInvoiceInput", body=INVOICE),
    ]


def main(folder: str, url: str, key: str) -> None:
    """Print what the client read, what was sent, and what the models read of the same."""
    sys.path.insert(0, folder)
    answers = story(Generated(url, key))
    models = importlib.import_module("models")
    read = [getattr(models, type(answer.parsed).__name__).model_validate_json(answer.content) for answer in answers]
    result = {
        "sent": [answer.content.decode() for answer in answers],
        "client": [answer.parsed.to_dict() for answer in answers],
        "models": [each.model_dump(mode="python", by_alias=True) for each in read],
    }
    sys.stdout.write(json.dumps(result, default=_known))


def _known(value: object) -> Any:
    return {"decimal": str(value)} if isinstance(value, Decimal) else str(value)


if __name__ == "__main__":
    main(*sys.argv[1:])
