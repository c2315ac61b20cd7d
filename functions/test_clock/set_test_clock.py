"""PUT /test-clock: set the test clock."""

from invoicing.api.app import ApiRequest
from invoicing.api.envelope import Result
from invoicing.api.inputs.test_clock import SetTestClockInput
from invoicing.api.outputs.test_clock import ClockOutput, set_clock_result
from invoicing.operations.test_clock.set_test_clock import ClockPorts, set_test_clock
from invoicing.wiring import api, wiring


@api(
    "PUT",
    "/test-clock",
    summary="Set the test clock",
    description=(
        "Freezes the time of test mode, for all its keys. Time then stands still until the clock is set again or "
        "deleted. It cannot be set to before existing test data, nor past due work."
    ),
    scope="test_clock:write",
    body=SetTestClockInput,
    answers={200: ClockOutput, 201: ClockOutput},
    errors={
        403: "The key is one of live mode.",
        409: "There are later data, or something is due by then.",
    },
).operation
def handler(request: ApiRequest[SetTestClockInput]) -> Result:
    """The clock, frozen."""
    ports = ClockPorts(keys=wiring().api_keys, due_work=wiring().due_work, events=wiring().event_log)
    return set_clock_result(*set_test_clock(request.uow, ports, request.body.now))
