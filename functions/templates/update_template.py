"""PATCH /templates/{template_id}: change a template."""

from invoicing.api.app import ApiRequest
from invoicing.api.envelope import Result
from invoicing.api.inputs.templates import UpdateTemplateInput
from invoicing.api.outputs.templates import TemplateOutput, template_links, template_output
from invoicing.operations.account._logo import LogoMaker
from invoicing.operations.templates.update_template import update_template
from invoicing.wiring import api, wiring
from invoicing_documents.logo_image import logo_image
from invoicing_documents.own_texts.templates import require_template


@api(
    "PATCH",
    "/templates/{template_id}",
    summary="Update a template",
    description=(
        "Changes the fields that are sent, which makes the next version of the template. Drafts follow; what is issued "
        "keeps the version that it has."
    ),
    scope="templates:write",
    body=UpdateTemplateInput,
    answers={200: TemplateOutput},
    etag=True,
    if_match=True,
).operation
def handler(request: ApiRequest[UpdateTemplateInput]) -> Result:
    """The template in its new version."""
    require_template(request.body.model_dump(exclude_unset=True))
    own = update_template(
        request.uow,
        request.http.parameters["template_id"],
        request.body.values(),
        if_version=request.http.if_version,
        logos=LogoMaker(lambda: wiring().objects, logo_image),
    )
    return Result(data=template_output(own), links=template_links(own), version=own.version)
