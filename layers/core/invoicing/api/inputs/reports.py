"""Requests about reports."""

from typing import Annotated, Any

from pydantic import Field

from invoicing.api.inputs.accounts import AccountId
from invoicing.api.inputs.base import RequestBody
from invoicing.domain.access.caller import Mode, partition


class RebuildInput(RequestBody):
    """Event of ``RebuildTotalsFunction``: with ``repair``, totals that differ are written right."""

    account_id: AccountId
    mode: Mode = "test"
    repair: Annotated[bool, Field(strict=True)] = False


def read_rebuild_event(event: dict[str, Any]) -> tuple[str, bool]:
    """Parse the event of ``RebuildTotalsFunction``: the tenant partition, and whether to repair; `ValidationFailed`."""
    wanted = RebuildInput.parse(event)
    return partition(wanted.account_id, wanted.mode), wanted.repair
