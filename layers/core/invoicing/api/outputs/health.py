"""How the service says that it is there."""

from typing import Literal, TypedDict


class HealthOutput(TypedDict):
    """The state of the service."""

    status: Literal["ok"]
