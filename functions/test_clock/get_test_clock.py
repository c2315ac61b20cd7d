"""GET /test-clock: read the test clock."""

from invoicing.api.app import ApiRequest, NoBody
from invoicing.api.envelope import Result
from invoicing.api.outputs.test_clock import ClockOutput, clock_result
from invoicing.operations.test_clock.get_test_clock import get_test_clock
from invoicing.wiring import api


@api(
    "GET",
    "/test-clock",
    summary="Read the test clock",
    description="The frozen time of test mode and, while it is being advanced, how far it has come.",
    scope="test_clock:read",
    answers={200: ClockOutput},
    errors={403: "The key is one of live mode.", 404: "Test mode has real time."},
).operation
def handler(request: ApiRequest[NoBody]) -> Result:
    """The clock."""
    return clock_result(get_test_clock(request.uow))
