"""GET /reminders: read how customers are reminded."""

from invoicing.api.app import ApiRequest, NoBody
from invoicing.api.envelope import Result
from invoicing.api.outputs.reminders import REMINDERS_LINKS, RemindersOutput, reminders_output
from invoicing.operations.reminders.get_reminders import get_reminders
from invoicing.wiring import api


@api(
    "GET",
    "/reminders",
    summary="Read the reminders",
    description="When and how the account reminds customers of what they owe; off until you switch them on.",
    scope="reminders:read",
    answers={200: RemindersOutput},
    etag=True,
).operation
def handler(request: ApiRequest[NoBody]) -> Result:
    """The settings of reminders."""
    own = get_reminders(request.uow)
    return Result(data=reminders_output(own.settings), links=REMINDERS_LINKS, version=own.version)
