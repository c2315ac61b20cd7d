"""Figures queue: count what was told of invoices and customers."""

from typing import Any

from aws_lambda_powertools import Logger

from invoicing.domain.events import Event
from invoicing.messaging.queue import take_by_account
from invoicing.operations.update_figures import update_figures
from invoicing.operations.work import carry_out
from invoicing.wiring import start, wiring

start()
logger = Logger()


def count(account: str, events: list[Event]) -> None:
    """Count what some events tell of one account; raises when the queue shall give them again."""
    counted = carry_out(lambda changes: wiring().work(account, changes), lambda work: update_figures(work, events))
    logger.info("figures", events=len(events), counted=counted)


def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Count a batch, each account's events in one transaction; what failed is reported and comes again."""
    return take_by_account(event, count)
