"""What is measured of payments, credit notes and write-offs (`benchmarks.cost`)."""

from typing import TYPE_CHECKING

from benchmarks.requests import invoice_body

if TYPE_CHECKING:
    from benchmarks.cost import Client


def payments(client: "Client") -> None:
    """Money that comes in, and goes back."""
    first, second = (client.ask("create_invoice", invoice_body(2) | {"send_email": True}).data for _ in range(2))
    client.call("record_invoice_payment, in part", {"amount": 1}, invoice_id=first["id"], status=201)
    client.call("record_invoice_payment, the rest", {"amount": first["total"] - 1}, invoice_id=first["id"], status=201)
    more = {"amount": second["total"] + 1, "allow_overpayment": True}
    client.call("record_invoice_payment, more than is due", more, invoice_id=second["id"], status=201)
    client.call("record_invoice_payment, refused", {"amount": 1}, invoice_id=first["id"], status=422)
