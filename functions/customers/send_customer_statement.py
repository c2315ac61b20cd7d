"""POST /customers/{customer_id}/statement/send: send a statement to a customer by e-mail."""

from invoicing.api.app import ApiRequest
from invoicing.api.envelope import Result
from invoicing.api.inputs.statements import SendCustomerStatementInput
from invoicing.api.outputs.statements import SentStatementOutput, sent_statement_result
from invoicing.operations.customers.send_customer_statement import send_customer_statement
from invoicing.wiring import api, wiring


@api(
    "POST",
    "/customers/{customer_id}/statement/send",
    summary="Send a customer's statement",
    description=(
        "Sends the statement of a period to the customer by e-mail, as a PDF. It shows what is booked when it is sent."
    ),
    scope="customers:write",
    body=SendCustomerStatementInput,
    answers={200: SentStatementOutput},
).operation
def handler(request: ApiRequest[SendCustomerStatementInput]) -> Result:
    """The statement that is sent."""
    body = request.body
    mail = send_customer_statement(
        request.uow, request.http.parameters["customer_id"], body.period(), body.request(), wiring().ledger
    )
    return sent_statement_result(mail)
