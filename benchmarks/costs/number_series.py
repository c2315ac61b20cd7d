"""What is measured of number series (`benchmarks.cost`)."""

from typing import TYPE_CHECKING

from benchmarks.costs.patterns import READ_TOGETHER, WRITE
from benchmarks.requests import invoice_body

if TYPE_CHECKING:
    from benchmarks.cost import Client

OTHER = [*READ_TOGETHER, "GetItem", "TransactWriteItems"]
"""Which series it is shows only once the customer is read."""

REQUESTS = {
    "create_number_series": WRITE,
    "create_number_series, with a next value": OTHER,
    "get_number_series": READ_TOGETHER,
    "get_number_series, unknown": READ_TOGETHER,
    "list_number_series, of 4": [*READ_TOGETHER, "BatchGetItem"],
    "update_number_series": WRITE,
    "update_number_series, nothing new": READ_TOGETHER,
    "delete_number_series": WRITE,
    "delete_number_series, a used one": READ_TOGETHER,
    "create_invoice, in a series of its own": WRITE,
    "create_invoice, in the series of its customer": OTHER,
    "create_customer, with a series": WRITE,
    "audit_numbering, of one series": [*READ_TOGETHER, "Query"],
}


def measure(client: "Client") -> None:
    """Series beside the first ones, one of them used."""
    fields = {"document_type": "invoice", "name": "Shop"}
    used = client.call("create_number_series", fields | {"pattern": "S{year}-{seq}"}, status=201).data["id"]
    more = fields | {"pattern": "T{year}-{seq}", "next": 7}
    unused = client.call("create_number_series, with a next value", more, status=201).data["id"]
    client.call("get_number_series", series_id=used)
    client.call("get_number_series, unknown", series_id="series_9", status=404)
    client.call("list_number_series, of 4")
    client.call("update_number_series", {"name": "Shop Vienna"}, series_id=used)
    client.call("update_number_series, nothing new", {"name": "Shop Vienna"}, series_id=used)
    customer = {"id": "cust_400", "name": "Linus", "email": "linus@example.com", "series_id": used}
    client.call("create_customer, with a series", customer, status=201)
    body = invoice_body(2) | {"customer_id": "cust_400", "send_email": True}
    client.call("create_invoice, in a series of its own", body | {"series_id": used}, status=201)
    client.call("create_invoice, in the series of its customer", body, status=201)
    client.call("audit_numbering, of one series", query=f"?series_id={used}")
    client.call("delete_number_series", series_id=unused, status=204)
    client.call("delete_number_series, a used one", series_id=used, status=409)
