"""GET /templates: list the templates."""

from invoicing.api.app import ApiRequest, NoBody
from invoicing.api.envelope import Result, one_page
from invoicing.api.outputs.templates import TemplateOutput, template_output
from invoicing.operations.templates.list_templates import list_templates
from invoicing.wiring import api


@api(
    "GET",
    "/templates",
    summary="List templates",
    description="All templates of the account in their current versions, the oldest first, on one page.",
    scope="templates:read",
    answers={200: list[TemplateOutput]},
    errors={404: "The account of the API key no longer exists."},
).operation
def handler(request: ApiRequest[NoBody]) -> Result:
    """All templates, on one page."""
    return one_page("/templates", list(map(template_output, list_templates(request.uow))))
