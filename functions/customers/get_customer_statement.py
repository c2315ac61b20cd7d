"""GET /customers/{customer_id}/statement: a statement of a customer's account, as JSON or as PDF."""

from invoicing.api.app import Call, NoBody
from invoicing.api.envelope import Answer, Reply
from invoicing.api.outputs.pdf import PDF
from invoicing.api.outputs.statements import StatementOutput, statement_answer
from invoicing.api.parameters import STATEMENT, period_of
from invoicing.operations.get_customer_statement import get_customer_statement
from invoicing.wiring import api, wiring
from invoicing_documents.pdf import render_statement_pdf


@api(
    "GET",
    "/customers/{customer_id}/statement",
    scope="customers:read",
    query=STATEMENT,
    answers={200: (StatementOutput, PDF)},
).operation
def handler(call: Call[NoBody]) -> Reply | Answer:
    """What happened in the period, and what was owed before and after."""
    asked = period_of(call.request.query_string)
    found = get_customer_statement(call.work, call.request.parameters["customer_id"], asked, wiring().ledger)
    return statement_answer(found, call.request, render_statement_pdf)
