"""GET /templates/{template_id}: read a template."""

from invoicing.api.app import ApiRequest, NoBody
from invoicing.api.envelope import Result
from invoicing.api.outputs.templates import TemplateOutput, template_links, template_output
from invoicing.operations.templates.get_template import get_template
from invoicing.wiring import api


@api(
    "GET",
    "/templates/{template_id}",
    summary="Read a template",
    description="A template in its current version.",
    scope="templates:read",
    answers={200: TemplateOutput},
    etag=True,
).operation
def handler(request: ApiRequest[NoBody]) -> Result:
    """The template."""
    own = get_template(request.uow, request.http.parameters["template_id"])
    return Result(data=template_output(own), links=template_links(own), version=own.version)
