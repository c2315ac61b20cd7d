"""GET /health: check that the service can be reached."""

from invoicing.api.app import ApiRequest, NoBody
from invoicing.api.envelope import Result
from invoicing.api.outputs.health import HealthOutput
from invoicing.wiring import api


@api(
    "GET",
    "/health",
    summary="Check the service's health",
    description="Answers while the service can be reached; it asks no database.",
    public=True,
    answers={200: HealthOutput},
).operation
def handler(request: ApiRequest[NoBody]) -> Result:
    """Always ``ok``: a database that fails shows in the other operations and in alarms, and no restart mends it."""
    return Result(data=HealthOutput(status="ok"), links={"self": "/health"})
