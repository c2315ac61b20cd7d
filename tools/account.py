"""`make account`: opens an account, or adds a key to one, on the stack that `make run` runs here or on AWS."""

import argparse
import json
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from botocore.exceptions import BotoCoreError, ClientError

from tools.deployed import deployed_function
from tools.ministack import CannotRunError

if TYPE_CHECKING:
    from mypy_boto3_lambda import LambdaClient

OF_KEYS = {"mode", "plan", "rate_limit"}
"""What can be said of a key; everything else is said of a new account."""


def create_account(functions: "LambdaClient", function: str, wishes: Mapping[str, Any]) -> dict[str, Any]:
    """What the function answers: ``account_id``, ``mode``, ``requests_per_hour`` and ``api_key``."""
    answer = functions.invoke(FunctionName=function, Payload=json.dumps({"mode": "test", **wishes}))
    made: dict[str, Any] = json.load(answer["Payload"])
    if "api_key" not in made:
        raise CannotRunError(f"no key was made: {made.get('errorMessage', made)}")
    return made


def main() -> int:
    """Make what the command line asks for, and print the key."""
    arguments = argparse.ArgumentParser(description=__doc__)
    for name in ("name", "email", "currency", "time_zone", "country", "account", *sorted(OF_KEYS)):
        arguments.add_argument(f"--{name}")
    arguments.add_argument("--stack", help="a stack on AWS; without it, the one that runs here")
    given = {name: value for name, value in vars(arguments.parse_args()).items() if value}
    try:
        made = _create_on(given.pop("stack", None), event_of(given))
    except (BotoCoreError, ClientError, CannotRunError) as problem:
        print(f"error: {problem}", file=sys.stderr)
        return 1
    print(f"account  {made['account_id']}\nmode     {made['mode']}\nlimit    {made['requests_per_hour']:,} per hour")
    print(f"key      {made['api_key']}\nKeep the key: it is shown this once.")
    return 0


def event_of(given: Mapping[str, str]) -> dict[str, Any]:
    """The function's event for what the command line says; `CannotRunError` when it contradicts itself."""
    event: dict[str, Any] = dict(given)
    if account_id := event.pop("account", None):
        if surplus := sorted(event.keys() - OF_KEYS):
            names = ", ".join(surplus).upper()
            raise CannotRunError(f"ACCOUNT adds a key to an account that exists: leave {names} away")
        event["account_id"] = account_id
    elif "name" not in event:
        raise CannotRunError('whose key? NAME="Acme Ltd" opens an account, ACCOUNT=acc_… adds a key to one')
    if limit := event.get("rate_limit"):
        if not limit.isdecimal():
            raise CannotRunError(f"RATE_LIMIT={limit} is not a number of requests per hour")
        event["rate_limit"] = int(limit)
    return event


def _create_on(stack: str | None, event: dict[str, Any]) -> dict[str, Any]:
    functions, function = deployed_function(stack, "CreateAccountFunction")
    return create_account(functions, function, event)


if __name__ == "__main__":
    sys.exit(main())
