"""No route: operators invoke it with AWS credentials to open an account, or to add a key to one."""

from dataclasses import asdict
from functools import partial
from typing import Any

from invoicing.api.inputs.accounts import read_operators_event
from invoicing.domain.events.event import Actor
from invoicing.operations.account.create_account import create_account
from invoicing.operations.unit_of_work.unit_of_work import run_use_case
from invoicing.wiring import start, wiring

start()


def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    """The account's id and its key, shown this once; takes what `read_operators_event` says."""
    wanted = read_operators_event(event)
    start_attempt = partial(wiring().unit_of_work, "", Actor("operator"))
    return asdict(run_use_case(start_attempt, lambda uow: create_account(uow, wiring().api_keys, wanted)))
