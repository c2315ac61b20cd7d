"""GET /templates: list the templates."""

from invoicing.api.app import ApiRequest, NoBody
from invoicing.api.envelope import Result
from invoicing.api.list_page import whole_list_result
from invoicing.api.outputs.templates import TemplateOutput, template_output
from invoicing.api.queries.templates import TEMPLATES
from invoicing.operations.templates.list_templates import list_templates
from invoicing.wiring import api


@api(
    "GET",
    "/templates",
    summary="List templates",
    description="A page of the templates of the account in their current versions, the oldest first.",
    scope="templates:read",
    lists=TEMPLATES,
    answers={200: list[TemplateOutput]},
    errors={404: "The account of the API key no longer exists."},
).operation
def handler(request: ApiRequest[NoBody]) -> Result:
    """One page of templates."""
    return whole_list_result(request.http, TEMPLATES, list_templates(request.uow), template_output)
