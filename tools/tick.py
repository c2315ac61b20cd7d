"""`make tick`: does now what the next tick would do, on the stack that `make run` runs here or on AWS."""

import argparse
import json
import sys
from typing import TYPE_CHECKING

from botocore.exceptions import BotoCoreError, ClientError

from tools.deployed import deployed_function
from tools.ministack import CannotRunError

if TYPE_CHECKING:
    from mypy_boto3_lambda import LambdaClient


def tick(functions: "LambdaClient", function: str) -> None:
    """Queue what is due; `CannotRunError` when the function fails."""
    answer = functions.invoke(FunctionName=function, Payload=b"{}")
    if "FunctionError" in answer:
        failure = json.load(answer["Payload"])
        raise CannotRunError(f"the tick failed: {failure.get('errorMessage', failure)}")


def main() -> int:
    """Run one tick."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--stack", help="a stack on AWS; without it, the one that runs here")
    try:
        tick(*deployed_function(arguments.parse_args().stack, "StartDueWorkFunction"))
    except (BotoCoreError, ClientError, CannotRunError) as problem:
        print(f"error: {problem}", file=sys.stderr)
        return 1
    print("What is due is queued, and done within moments.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
