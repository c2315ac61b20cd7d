"""GET /customers/{customer_id}/statement: read a statement of a customer's account, as JSON or PDF."""

from invoicing.api.app import ApiRequest, NoBody
from invoicing.api.envelope import HttpResponse, Result
from invoicing.api.outputs.pdf import PDF
from invoicing.api.outputs.statements import StatementOutput, statement_result
from invoicing.api.queries.statements import STATEMENT, period_of
from invoicing.operations.customers.get_customer_statement import get_customer_statement
from invoicing.operations.documents.seller_logo import logo_of
from invoicing.operations.templates._of_documents import designed
from invoicing.wiring import api, wiring
from invoicing_documents.pdf import render_statement_pdf


@api(
    "GET",
    "/customers/{customer_id}/statement",
    summary="Read a customer's statement",
    description=(
        "What happened in a period, and what was owed before and after it. With `Accept: application/pdf`, "
        "the response is a PDF."
    ),
    scope="customers:read",
    query=STATEMENT,
    answers={200: (StatementOutput, PDF)},
    errors={
        400: (
            "The query is not valid, the period ends before it starts, or it has too many entries: request a "
            "shorter one."
        ),
    },
).operation
def handler(request: ApiRequest[NoBody]) -> Result | HttpResponse:
    """The movements of the period, and the balances before and after."""
    asked = period_of(request.http.query_string)
    found = get_customer_statement(request.uow, request.http.parameters["customer_id"], asked, wiring().ledger)
    draw = designed(request.uow.store, render_statement_pdf)
    return statement_result(found, request.http, lambda it: draw(it, logo_of(it, lambda: wiring().objects)))
