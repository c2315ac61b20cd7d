"""POST /templates: create a template."""

from invoicing.api.app import ApiRequest
from invoicing.api.envelope import Result
from invoicing.api.inputs.templates import CreateTemplateInput
from invoicing.api.outputs.templates import TemplateOutput, template_links, template_output
from invoicing.operations.account._logo import LogoMaker
from invoicing.operations.templates.create_template import create_template
from invoicing.wiring import api, wiring
from invoicing_documents.logo_image import logo_image
from invoicing_documents.own_texts.templates import require_template


@api(
    "POST",
    "/templates",
    summary="Create a template",
    description=(
        "A look for your documents: layout, colour, paper, columns, words and texts of your own. Name it as "
        "`template_id` of an invoice, or make it the default."
    ),
    scope="templates:write",
    body=CreateTemplateInput,
    answers={201: TemplateOutput},
    errors={
        404: "The account of the API key no longer exists.",
        409: "The account has 20 templates, which is the most.",
    },
    etag=True,
).operation
def handler(request: ApiRequest[CreateTemplateInput]) -> Result:
    """The template as stored."""
    require_template(request.body.model_dump(exclude_unset=True))
    own = create_template(
        request.uow, request.body.name, request.body.design(), LogoMaker(lambda: wiring().objects, logo_image)
    )
    links = template_links(own)
    return Result(status=201, data=template_output(own), links=links, version=own.version, location=links["self"])
