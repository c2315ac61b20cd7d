"""POST /test-clock/advance: advance the test clock."""

from invoicing.api.app import ApiRequest
from invoicing.api.envelope import Result
from invoicing.api.inputs.test_clock import AdvanceTestClockInput
from invoicing.api.outputs.test_clock import ClockOutput, advance_result
from invoicing.operations.test_clock.advance_test_clock import advance_test_clock
from invoicing.wiring import api, wiring


@api(
    "POST",
    "/test-clock/advance",
    summary="Advance the test clock",
    description=(
        "Moves the clock forward, and does everything that is due on the way, in order of time. An advance of more "
        "than 20 seconds goes on in the background: the answer is 202, and `GET /test-clock` shows how far it is."
    ),
    scope="test_clock:write",
    body=AdvanceTestClockInput,
    answers={200: ClockOutput, 202: ClockOutput},
    errors={
        403: "The key is one of live mode.",
        404: "Test mode has real time.",
        409: "The clock is being advanced already.",
    },
).operation
def handler(request: ApiRequest[AdvanceTestClockInput]) -> Result:
    """The clock, advanced or on its way."""
    clock = advance_test_clock(request.uow, wiring().api_keys, request.body.target)
    return advance_result(clock, lambda: wiring().advance.go_on(request.uow, clock))
