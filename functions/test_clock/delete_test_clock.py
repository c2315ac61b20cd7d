"""DELETE /test-clock: delete the test clock."""

from invoicing.api.app import ApiRequest, NoBody
from invoicing.api.envelope import NO_CONTENT, HttpResponse
from invoicing.operations.test_clock.delete_test_clock import delete_test_clock
from invoicing.wiring import api, wiring


@api(
    "DELETE",
    "/test-clock",
    summary="Delete the test clock",
    description="Test mode uses real time again. Its data stay as they are; what is dated later waits until then.",
    scope="test_clock:write",
    answers={204: None},
    errors={
        403: "The key is one of live mode.",
        404: "Test mode has real time.",
        409: "The clock is being advanced.",
    },
).operation
def handler(request: ApiRequest[NoBody]) -> HttpResponse:
    """The clock is deleted."""
    delete_test_clock(request.uow, wiring().api_keys, wiring().event_log)
    return NO_CONTENT
