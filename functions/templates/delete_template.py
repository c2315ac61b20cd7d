"""DELETE /templates/{template_id}: delete a template."""

from invoicing.api.app import ApiRequest, NoBody
from invoicing.api.envelope import NO_CONTENT, HttpResponse
from invoicing.operations.templates.delete_template import delete_template
from invoicing.wiring import api


@api(
    "DELETE",
    "/templates/{template_id}",
    summary="Delete a template",
    description=(
        "Removes a template. What was issued with it keeps its look; drafts and schedules that name it get that of the "
        "default."
    ),
    scope="templates:write",
    answers={204: None},
    errors={409: "The template is the default."},
    if_match=True,
).operation
def handler(request: ApiRequest[NoBody]) -> HttpResponse:
    """The template is deleted."""
    delete_template(request.uow, request.http.parameters["template_id"], if_version=request.http.if_version)
    return NO_CONTENT
