"""At the end an operator removes the stack: first without its data, then with it."""

import os
import re
import subprocess
import sys

from botocore.exceptions import ClientError

from tests.stories.conftest import Deployment
from tools.logs import log_groups
from tools.ministack import CREDENTIALS, ROOT


def destroy(deployment: Deployment, *arguments: str, typed: str = "") -> tuple[int, str, list[str]]:
    """The status, what was printed, and the lines of errors of `make destroy`."""
    ended = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-m", "tools.destroy", *arguments],
        cwd=ROOT, env=os.environ | CREDENTIALS | {"AWS_ENDPOINT_URL": deployment.aws.endpoint},
        input=typed, capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip
    return ended.returncode, ended.stdout, ended.stderr.splitlines()


def test_data_stays_until_its_deletion_is_asked_for_and_confirmed(deployment: Deployment) -> None:
    make_documents(deployment)
    tables, bucket = protected_tables(deployment), deployment.stack.resources["DocumentsBucket"]

    assert destroy(deployment, "--stack", "other")[::2] == (1, ["error: there is no stack other in us-east-1"])
    status, _, problems = destroy(deployment, "--stack", "invoicing", "--data", "delete", typed="yes\n")
    assert (status, problems) == (1, ["error: that is not the stack's name: nothing was deleted"])
    assert is_deployed(deployment)

    status, printed, problems = destroy(deployment, "--stack", "invoicing")
    assert (status, problems) == (0, [])
    assert not is_deployed(deployment)
    assert remaining(deployment) == ({*tables}, {bucket})
    assert all(name in printed for name in (*tables, bucket))

    command = re.search(r"make destroy STACK=(\S+) DATA=(\S+)", printed)
    assert command
    again = ("--stack", command[1], "--data", command[2])
    assert destroy(deployment, *again)[0] == 1
    assert remaining(deployment) == ({*tables}, {bucket})
    assert destroy(deployment, *again, typed="invoicing\n")[::2] == (0, [])
    assert remaining(deployment) == (set(), set())
    assert log_groups(deployment.stack) == []


def make_documents(deployment: Deployment) -> None:
    """Two versions of an object and a deleted one, beside what the product keeps."""
    bucket = deployment.stack.resources["DocumentsBucket"]
    for name in ("changed", "changed", "deleted"):
        deployment.stack.s3.put_object(Bucket=bucket, Key=name, Body=b"PDF")
    deployment.stack.s3.delete_object(Bucket=bucket, Key="deleted")


def protected_tables(deployment: Deployment) -> list[str]:
    """All tables of the stack, protected against deletion."""
    tables = [name for name in remaining(deployment)[0] if name.startswith("invoicing-")]
    for name in tables:
        deployment.stack.dynamodb.update_table(TableName=name, DeletionProtectionEnabled=True)
    assert len(tables) > 5
    return tables


def remaining(deployment: Deployment) -> tuple[set[str], set[str]]:
    """The names of all tables and of all buckets but the one for deployments."""
    tables = deployment.stack.dynamodb.list_tables()["TableNames"]
    buckets = {bucket["Name"] for bucket in deployment.stack.s3.list_buckets()["Buckets"]}
    return set(tables), buckets - {"deployments"}


def is_deployed(deployment: Deployment) -> bool:
    """Whether CloudFormation has the stack."""
    try:
        deployment.stack.cloudformation.describe_stacks(StackName="invoicing")
    except ClientError:
        return False
    return True
