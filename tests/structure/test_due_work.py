"""Those who do due work: the queue's function for ticks, and the one that advances test clocks."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from invoicing.operations.reactions.carry_balances import SETTLED_AFTER
from invoicing.operations.test_clock._advance import SLICE
from tests.template import Template, read_template

MOVING = ("dynamodb:UpdateItem", "InvoicesTable.Arn")
"""What only ticks do: to move what waits for a test clock out of their way."""


def allowed(template: Template, name: str) -> Iterator[tuple[str, str]]:
    """Each action with a resource that a function's policies allow."""
    (function,) = (each for each in template.functions if each.logical_id == name)
    for statement in function.statements:
        resources = statement["Resource"]
        for resource in resources if isinstance(resources, list) else [resources]:
            for action in statement["Action"]:
                yield action, _named(resource)


def _named(resource: Any) -> str:
    (value,) = resource.values()
    return value if isinstance(value, str) else ".".join(value)


def test_whoever_advances_a_test_clock_may_do_all_kinds_of_due_work() -> None:
    template = read_template()
    tick = {each for each in allowed(template, "RunDueWorkFunction") if not each[0].startswith("sqs:")}
    assert tick - {MOVING} <= set(allowed(template, "AdvanceTestClockFunction"))


def test_a_batch_of_slices_fits_the_time_limit_and_the_ledger_waits_for_longer() -> None:
    resources = read_template().content["Resources"]
    limit = timedelta(seconds=resources["RunDueWorkFunction"]["Properties"]["Timeout"])
    batch = resources["DueWorkQueueMapping"]["Properties"]["BatchSize"]
    assert batch * SLICE < limit < SETTLED_AFTER / 2
    visible = timedelta(seconds=resources["DueWorkQueue"]["Properties"]["VisibilityTimeout"])
    assert visible >= 6 * limit
