"""PUT /test-clock: set the test clock."""

from invoicing.api.app import ApiRequest
from invoicing.api.envelope import Result
from invoicing.api.inputs.test_clock import SetTestClockInput
from invoicing.api.outputs.test_clock import ClockOutput, set_clock_result
from invoicing.operations.test_clock.set_test_clock import set_test_clock
from invoicing.wiring import api, wiring


@api(
    "PUT",
    "/test-clock",
    summary="Set the test clock",
    description=(
        "Freezes the time of test mode, for all its keys. Time then stands still until the clock is advanced, set "
        "again or deleted. It cannot be set to before existing test data, nor past due work."
    ),
    scope="test_clock:write",
    body=SetTestClockInput,
    answers={200: ClockOutput, 201: ClockOutput},
    errors={
        403: "The key is one of live mode.",
        409: "There are later data, something is due by then, or the clock is being advanced.",
    },
).operation
def handler(request: ApiRequest[SetTestClockInput]) -> Result:
    """The clock, frozen."""
    return set_clock_result(*set_test_clock(request.uow, wiring().clock_ports, request.body.now))
