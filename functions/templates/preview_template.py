"""POST /templates/{template_id}/preview: show a template with a document."""

from invoicing.api.app import ApiRequest
from invoicing.api.envelope import HttpResponse
from invoicing.api.inputs.templates import PreviewTemplateInput
from invoicing.api.outputs.pdf import PDF
from invoicing.api.outputs.templates import preview_response
from invoicing.operations.documents.seller_logo import logo_of
from invoicing.operations.templates.preview_template import preview_template
from invoicing.wiring import api, wiring
from invoicing_documents.template_preview import PREVIEWS


@api(
    "POST",
    "/templates/{template_id}/preview",
    summary="Preview a template",
    description=(
        "The PDF of a document in the current version of the template or, with `format: html`, its e-mail. Without "
        "`invoice_id` it is a sample. Nothing is stored or sent."
    ),
    scope="templates:read",
    body=PreviewTemplateInput,
    answers={200: (PDF, "text/html")},
    errors={404: "There is no such template, or no such invoice."},
).operation
def handler(request: ApiRequest[PreviewTemplateInput]) -> HttpResponse:
    """The PDF, or the HTML of the e-mail."""
    body, template_id = request.body, request.http.parameters["template_id"]
    shown = preview_template(request.uow, template_id, body.document, body.invoice_id)
    logo = logo_of(shown.document, lambda: wiring().objects)
    draw = PREVIEWS[body.document, body.format]
    return preview_response(draw(shown, logo, request.uow.now, request.page_url), body.format)
