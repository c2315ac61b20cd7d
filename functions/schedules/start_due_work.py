"""Every few minutes: queue everything that is due."""

from collections.abc import Mapping
from typing import Any

from invoicing.operations.schedules.start_due_work import start_due_work
from invoicing.wiring import now, schedule, wiring


@schedule
def handler() -> Mapping[str, Any]:
    """Queue what is due now."""
    return {"queued": start_due_work(wiring().due_work, wiring().due_work_queue, now())}
