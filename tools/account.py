"""`make account`: opens an account, or adds a key to one, on the stack that `make run` runs here or on AWS."""

import argparse
import json
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import boto3
from botocore.exceptions import BotoCoreError, ClientError

from tools.ministack import FOLDER, CannotRunError, MiniStack, is_free
from tools.stack import NAME

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
    session, endpoint = (boto3.Session(), None) if stack else _running_here()
    described = session.client("cloudformation", endpoint_url=endpoint).describe_stacks(StackName=stack or NAME)
    outputs = {output["OutputKey"]: output["OutputValue"] for output in described["Stacks"][0].get("Outputs", [])}
    if "CreateAccountFunction" not in outputs:
        raise CannotRunError(f"the stack {stack or NAME} is not an invoicing stack")
    functions = session.client("lambda", endpoint_url=endpoint)
    return create_account(functions, outputs["CreateAccountFunction"], event)


def _running_here() -> tuple[boto3.Session, str]:
    env = FOLDER / "env"
    lines = dict(line.split("=", 1) for line in env.read_text().splitlines()) if env.exists() else {}
    port = urlsplit(lines.get("INVOICING_URL", "")).port
    if port is None or is_free(port):
        raise CannotRunError("no stack runs here: start `make run`, or name a stack on AWS with STACK=…")
    aws = MiniStack(FOLDER, port, smtp_port=0)
    return aws.session(), aws.endpoint


if __name__ == "__main__":
    sys.exit(main())
