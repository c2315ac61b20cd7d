"""`make account`: makes an account and its first key, on the stack that `make run` runs here or on AWS."""

import argparse
import json
import sys
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import boto3
from botocore.exceptions import BotoCoreError, ClientError

from tools.ministack import FOLDER, CannotRunError, MiniStack, is_free
from tools.stack import NAME

if TYPE_CHECKING:
    from mypy_boto3_lambda import LambdaClient


def create_account(functions: "LambdaClient", function: str, wishes: dict[str, str]) -> dict[str, str]:
    answer = functions.invoke(FunctionName=function, Payload=json.dumps({"mode": "test"} | wishes))
    made: dict[str, Any] = json.load(answer["Payload"])
    if "api_key" not in made:
        raise CannotRunError(f"no account was made: {made.get('errorMessage', made)}")
    return made


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--name", required=True)
    arguments.add_argument("--email")
    arguments.add_argument("--mode", choices=("test", "live"))
    arguments.add_argument("--currency")
    arguments.add_argument("--time_zone")
    arguments.add_argument("--country")
    arguments.add_argument("--stack", help="a stack on AWS; without it, the one that runs here")
    wishes = {name: value for name, value in vars(arguments.parse_args()).items() if value}
    if "name" not in wishes:
        print('error: whose account? Say NAME="Acme Ltd"', file=sys.stderr)
        return 1
    try:
        made = _create_on(wishes.pop("stack", None), wishes)
    except (BotoCoreError, ClientError, CannotRunError) as problem:
        print(f"error: {problem}", file=sys.stderr)
        return 1
    print(f"account  {made['account_id']}\nmode     {made['mode']}\nkey      {made['api_key']}")
    print("Keep the key: it is shown this once.")
    return 0


def _create_on(stack: str | None, wishes: dict[str, str]) -> dict[str, str]:
    session, endpoint = (boto3.Session(), None) if stack else _running_here()
    outputs = session.client("cloudformation", endpoint_url=endpoint).describe_stacks(StackName=stack or NAME)
    function = next(
        output["OutputValue"]
        for output in outputs["Stacks"][0].get("Outputs", [])
        if output["OutputKey"] == "CreateAccountFunction"
    )
    return create_account(session.client("lambda", endpoint_url=endpoint), function, wishes)


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
