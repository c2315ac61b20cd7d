"""Those who do due work: the queue's function for ticks, and the one that advances test clocks."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from invoicing.domain.exports.export import LEASE
from invoicing.operations.reactions.carry_balances import SETTLED_AFTER
from invoicing.operations.test_clock._advance import SLICE
from tests.template import Template, read_template

ONLY_TICKS = {
    ("dynamodb:UpdateItem", "InvoicesTable.Arn"),
    ("s3:GetObject", "${DocumentsBucket.Arn}/imports/*"),
    ("s3:PutObject", "${DocumentsBucket.Arn}/imports/*"),
    ("s3:GetObject", "${DocumentsBucket.Arn}/exports/*"),
    ("s3:PutObject", "${DocumentsBucket.Arn}/exports/*"),
    ("dynamodb:Query", "${InvoicesTable.Arn}/index/by_issued"),
    ("dynamodb:Query", "${CreditNotesTable.Arn}/index/by_issued"),
    ("dynamodb:Query", "${PaymentsTable.Arn}/index/by_date"),
    ("s3:ListBucket", "DocumentsBucket.Arn"),
    ("s3:DeleteObject", "${DocumentsBucket.Arn}/drafts/*"),
    ("s3:DeleteObject", "${DocumentsBucket.Arn}/issued/*"),
    ("s3:DeleteObject", "${DocumentsBucket.Arn}/receipts/*"),
    ("dynamodb:Query", "LedgerTable.Arn"),
    ("dynamodb:Query", "${CreditNotesTable.Arn}/index/by_customer"),
    ("dynamodb:Query", "${PaymentsTable.Arn}/index/by_customer"),
    ("dynamodb:Query", "${EventsTable.Arn}/index/by_resource"),
    ("dynamodb:BatchGetItem", "EventsTable.Arn"),
    ("dynamodb:BatchGetItem", "PaymentsTable.Arn"),
    ("dynamodb:GetItem", "PaymentsTable.Arn"),
    ("dynamodb:BatchGetItem", "CreditNotesTable.Arn"),
    ("dynamodb:GetItem", "CreditNotesTable.Arn"),
    ("dynamodb:PutItem", "CreditNotesTable.Arn"),
    ("dynamodb:DeleteItem", "DeliveriesTable.Arn"),
    ("dynamodb:BatchGetItem", "WebhooksTable.Arn"),
    ("dynamodb:GetItem", "WebhooksTable.Arn"),
    ("dynamodb:PutItem", "WebhooksTable.Arn"),
    ("dynamodb:DeleteItem", "WebhooksTable.Arn"),
    ("dynamodb:Query", "${WebhooksTable.Arn}/index/by_due_work"),
}
"""What only ticks do, in real time: to move what waits for a test clock, to import, to erase and to retry webhooks."""


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
    assert tick - ONLY_TICKS <= set(allowed(template, "AdvanceTestClockFunction"))


def test_a_batch_of_slices_fits_the_time_limit_and_the_ledger_waits_for_longer() -> None:
    resources = read_template().content["Resources"]
    limit = timedelta(seconds=resources["RunDueWorkFunction"]["Properties"]["Timeout"])
    batch = resources["DueWorkQueueMapping"]["Properties"]["BatchSize"]
    assert batch * SLICE < limit < SETTLED_AFTER / 2
    assert limit < LEASE
    visible = timedelta(seconds=resources["DueWorkQueue"]["Properties"]["VisibilityTimeout"])
    assert visible >= 6 * limit
