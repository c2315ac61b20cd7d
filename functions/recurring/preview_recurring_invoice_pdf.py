"""GET /recurring/{recurring_id}/preview/pdf: preview an invoice that a recurring invoice will make, as PDF."""

from invoicing.api.app import ApiRequest, NoBody
from invoicing.api.envelope import HttpResponse
from invoicing.api.outputs.pdf import PDF, pdf_response
from invoicing.api.queries.recurring import PREVIEW_PDF, occurrence_date_of
from invoicing.operations.documents.seller_logo import logo_of
from invoicing.operations.recurring.preview_recurring_invoice_pdf import preview_recurring_invoice_pdf
from invoicing.operations.templates._of_documents import designed
from invoicing.wiring import api, wiring
from invoicing_documents.pdf import render_invoice_pdf


@api(
    "GET",
    "/recurring/{recurring_id}/preview/pdf",
    summary="Preview the next invoice as PDF",
    description=(
        "The next invoice of the schedule as it will look if nothing changes, or that of `occurrence_date`, which is "
        "one of its next 100 dates. It is marked as a draft and has no number. Nothing is stored."
    ),
    scope="recurring:read",
    query=PREVIEW_PDF,
    answers={200: PDF},
    errors={
        400: "The query is not valid, or `occurrence_date` is not one of the next 100 dates.",
        409: "No invoice is to come.",
        422: "The invoice cannot be made any more: `details` say why.",
    },
).operation
def handler(request: ApiRequest[NoBody]) -> HttpResponse:
    """The PDF of the invoice to come."""
    chosen = occurrence_date_of(request.http.query_string)
    draft = preview_recurring_invoice_pdf(request.uow, request.http.parameters["recurring_id"], chosen)
    draw, logo = designed(request.uow.store, render_invoice_pdf), logo_of(draft, lambda: wiring().objects)
    return pdf_response(draw(draft, logo), f"draft-{draft.issue_date}.pdf")
