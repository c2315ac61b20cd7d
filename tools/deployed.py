"""The functions of a stack that operators invoke: of the one that `make run` runs here, or of one on AWS."""

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import boto3
from botocore.config import Config

from tools.ministack import FOLDER, CannotRunError, MiniStack, is_free
from tools.stack import NAME

if TYPE_CHECKING:
    from mypy_boto3_lambda import LambdaClient


def deployed_function(stack: str | None, output: str, config: Config | None = None) -> "tuple[LambdaClient, str]":
    """A client of Lambda, made with ``config``, and the name of the function that an output of the stack names.

    Without ``stack`` it is the one that runs here; `CannotRunError` where none runs, or it has no such function.
    """
    session, endpoint = (boto3.Session(), None) if stack else _running_here()
    described = session.client("cloudformation", endpoint_url=endpoint).describe_stacks(StackName=stack or NAME)
    outputs = {each["OutputKey"]: each["OutputValue"] for each in described["Stacks"][0].get("Outputs", [])}
    if output not in outputs:
        raise CannotRunError(f"the stack {stack or NAME} is not an invoicing stack")
    return session.client("lambda", endpoint_url=endpoint, config=config), outputs[output]


def _running_here() -> tuple[boto3.Session, str]:
    env = FOLDER / "env"
    lines = dict(line.split("=", 1) for line in env.read_text().splitlines()) if env.exists() else {}
    port = urlsplit(lines.get("INVOICING_URL", "")).port
    if port is None or is_free(port):
        raise CannotRunError("no stack runs here: start `make run`, or name a stack on AWS with STACK=…")
    aws = MiniStack(FOLDER, port, smtp_port=0)
    return aws.session(), aws.endpoint
