"""No route: operators invoke it with AWS credentials to open an account and get its first key."""

from dataclasses import asdict
from typing import Any

from invoicing.api.inputs.accounts import CreateAccountInput
from invoicing.domain.events.event import Actor
from invoicing.operations.account.create_account import create_account
from invoicing.wiring import start, wiring

start()


def handler(event: dict[str, Any], context: object) -> dict[str, str]:
    """The account's id and its key, shown this once; takes what `CreateAccountInput` says."""
    new = CreateAccountInput.parse(event).account()
    return asdict(create_account(wiring().unit_of_work("", Actor("operator")), wiring().api_keys, new))
