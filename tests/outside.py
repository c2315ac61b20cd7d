"""What jobs need from outside."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Outside:
    """The ports of some kinds of jobs (`invoicing.operations.reactions.run_due_work.JobPorts`)."""

    imports: Any = None
    exports: Any = None
    erasures: Any = None
    webhooks: Any = None
