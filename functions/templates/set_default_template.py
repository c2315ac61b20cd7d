"""POST /templates/{template_id}/default: make a template the default."""

from invoicing.api.app import ApiRequest, NoBody
from invoicing.api.envelope import Result
from invoicing.api.outputs.templates import TemplateOutput, template_links, template_output
from invoicing.operations.templates.set_default_template import set_default_template
from invoicing.wiring import api


@api(
    "POST",
    "/templates/{template_id}/default",
    summary="Make a template the default",
    description="From now on, documents that name no template use this one, drafts included.",
    scope="templates:write",
    answers={200: TemplateOutput},
    etag=True,
    if_match=True,
).operation
def handler(request: ApiRequest[NoBody]) -> Result:
    """The template, which is the default now."""
    own = set_default_template(request.uow, request.http.parameters["template_id"], if_version=request.http.if_version)
    return Result(data=template_output(own), links=template_links(own), version=own.version)
