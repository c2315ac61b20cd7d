"""DELETE /customers/{customer_id}: remove a customer, or archive one that has invoices."""

from invoicing.api.app import Call, NoBody
from invoicing.api.envelope import NO_CONTENT, Answer
from invoicing.operations.delete_customer import delete_customer
from invoicing.wiring import api


@api("DELETE", "/customers/{customer_id}", scope="customers:write", answers={204: None}).operation
def handler(call: Call[NoBody]) -> Answer:
    """Nothing."""
    delete_customer(call.work, call.request.parameters["customer_id"], if_version=call.request.if_version)
    return NO_CONTENT
