"""PUT /reminders: set how customers are reminded."""

from invoicing.api.app import ApiRequest
from invoicing.api.envelope import Result
from invoicing.api.inputs.reminders import ReplaceRemindersInput
from invoicing.api.outputs.reminders import REMINDERS_LINKS, RemindersOutput, reminders_output
from invoicing.operations.reminders.replace_reminders import replace_reminders
from invoicing.wiring import api
from invoicing_documents.own_texts.schedules import require_texts


@api(
    "PUT",
    "/reminders",
    summary="Replace the reminders",
    description=(
        "Replaces all settings; a field that is left out gets its default. Steps whose time has passed are"
        " never made up for."
    ),
    scope="reminders:write",
    body=ReplaceRemindersInput,
    answers={200: RemindersOutput},
    etag=True,
    if_match=True,
).operation
def handler(request: ApiRequest[ReplaceRemindersInput]) -> Result:
    """The new settings of reminders."""
    settings = request.body.settings()
    require_texts(settings.schedule)
    own = replace_reminders(
        request.uow,
        settings,
        page_url=request.page_url,
        if_version=request.http.if_version,
    )
    return Result(data=reminders_output(own.settings), links=REMINDERS_LINKS, version=own.version)
