"""`make destroy`: removes a stack from AWS, and its data only when that is asked for and confirmed."""

import argparse
import sys
from collections.abc import Iterator
from typing import Any

import boto3
from botocore.exceptions import BotoCoreError, ClientError

from tools.ministack import CannotRunError

STACK = "AWS::CloudFormation::Stack"
TABLE, BUCKET, LOG_GROUP = "AWS::DynamoDB::Table", "AWS::S3::Bucket", "AWS::Logs::LogGroup"
SPOKEN = {TABLE: "table", BUCKET: "bucket", LOG_GROUP: "log group"}
MISSING = {"ResourceNotFoundException", "NoSuchBucket", "404"}

type Thing = tuple[str, str]
"""A resource's CloudFormation type and its name."""


def main() -> int:
    """Destroy what the command line names."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--stack", help="name of a stack, or the id of one that is deleted already")
    arguments.add_argument("--data", help="'delete' deletes tables, documents and logs, too")
    given = arguments.parse_args()
    try:
        with_data = _is_with_data(given.data)
        Destruction(boto3.Session(), given.stack).run(with_data=with_data)
    except (BotoCoreError, ClientError, CannotRunError) as problem:
        print(f"error: {problem}", file=sys.stderr)
        return 1
    return 0


def _is_with_data(said: str | None) -> bool:
    if said not in {None, "", "delete"}:
        raise CannotRunError(f"DATA={said} means nothing: DATA=delete deletes the data, without it the data stays")
    return said == "delete"


class Destruction:
    """Of one stack, in the region and with the credentials of a session; ``AWS_ENDPOINT_URL`` leads it elsewhere."""

    def __init__(self, session: boto3.Session, stack: str) -> None:
        if not stack:
            raise CannotRunError("which stack? Name it, as in: make destroy STACK=invoicing")
        self.cloudformation = session.client("cloudformation")
        self.dynamodb = session.client("dynamodb")
        self.s3 = session.client("s3")
        self.logs = session.client("logs")
        try:
            found = self.cloudformation.describe_stacks(StackName=stack)["Stacks"][0]
        except ClientError as error:
            if error.response["Error"]["Code"] != "ValidationError":
                raise
            raise CannotRunError(f"there is no stack {stack} in {session.region_name}") from None
        self.name, self.id = found["StackName"], found["StackId"]
        self.is_gone = found["StackStatus"] == "DELETE_COMPLETE"

    def run(self, *, with_data: bool) -> None:
        """Delete the stack; `CannotRunError` when deleting data is not confirmed, and then nothing is deleted."""
        things = dict.fromkeys(self._things(self.id))
        if with_data:
            self._confirm([thing for thing in things if self._exists(thing)])
        if not self.is_gone:
            print(f"Deleting the stack {self.name} …", flush=True)
            self.cloudformation.delete_stack(StackName=self.id)
            waiter = self.cloudformation.get_waiter("stack_delete_complete")
            waiter.wait(StackName=self.id, WaiterConfig={"Delay": 5, "MaxAttempts": 360})
        left = [thing for thing in things if self._exists(thing)]
        if with_data:
            print(f"Deleting its data; if this is interrupted, go on with: {self._again()}", flush=True)
            self._delete(left)
            print("Everything is deleted.")
        elif left:
            print(f"The stack is deleted. Its data stays:\n{_listed(left)}")
            print(f"To delete it, too, within 90 days: {self._again()}")

    def _things(self, stack_id: str) -> Iterator[Thing]:
        """What a stack and those nested in it hold, or held: of one that is gone, only its events tell."""
        operation: Any = "describe_stack_events" if self.is_gone else "list_stack_resources"
        member = "StackEvents" if self.is_gone else "StackResourceSummaries"
        for page in self.cloudformation.get_paginator(operation).paginate(StackName=stack_id):
            for resource in page[member]:
                kind, name = resource["ResourceType"], resource.get("PhysicalResourceId")
                if kind == STACK and name not in {None, "", stack_id}:
                    yield from self._things(name)
                elif kind in SPOKEN and name:
                    yield kind, name

    def _exists(self, thing: Thing) -> bool:
        kind, name = thing
        try:
            if kind == TABLE:
                self.dynamodb.describe_table(TableName=name)
            elif kind == BUCKET:
                self.s3.head_bucket(Bucket=name)
            else:
                groups = self.logs.describe_log_groups(logGroupNamePrefix=name)["logGroups"]
                return any(group["logGroupName"] == name for group in groups)
        except ClientError as error:
            if error.response["Error"]["Code"] in MISSING:
                return False
            raise
        return True

    def _confirm(self, things: list[Thing]) -> None:
        print(f"This deletes the stack {self.name} for good, with all invoices and documents in:\n{_listed(things)}")
        try:
            typed = input(f"Type the stack's name to go on ({self.name}): ")
        except EOFError:
            typed = ""
        if typed.strip() != self.name:
            raise CannotRunError("that is not the stack's name: nothing was deleted")

    def _delete(self, things: list[Thing]) -> None:
        tables = [name for kind, name in things if kind == TABLE]
        for name in tables:
            self._delete_table(name)
        for kind, name in things:
            if kind == BUCKET:
                self._delete_bucket(name)
            elif kind == LOG_GROUP:
                self.logs.delete_log_group(logGroupName=name)
        for name in tables:
            self.dynamodb.get_waiter("table_not_exists").wait(TableName=name, WaiterConfig={"Delay": 2})

    def _delete_table(self, name: str) -> None:
        if self.dynamodb.describe_table(TableName=name)["Table"].get("DeletionProtectionEnabled"):
            self.dynamodb.update_table(TableName=name, DeletionProtectionEnabled=False)
            self.dynamodb.get_waiter("table_exists").wait(TableName=name, WaiterConfig={"Delay": 2})
        self.dynamodb.delete_table(TableName=name)

    def _delete_bucket(self, name: str) -> None:
        while objects := self._some_versions(name):
            refused = self.s3.delete_objects(Bucket=name, Delete={"Objects": objects, "Quiet": True}).get("Errors", [])
            if refused:
                raise CannotRunError(f"{refused[0].get('Key')} in {name} was not deleted: {refused[0].get('Message')}")
        self.s3.delete_bucket(Bucket=name)

    def _some_versions(self, bucket: str) -> Any:
        """As many versions of objects as one request deletes, markers of deleted objects included."""
        page = self.s3.list_object_versions(Bucket=bucket)
        versions = [*page.get("Versions", []), *page.get("DeleteMarkers", [])]
        return [{"Key": version["Key"], "VersionId": version["VersionId"]} for version in versions]

    def _again(self) -> str:
        return f"make destroy STACK={self.id} DATA=delete"


def _listed(things: list[Thing]) -> str:
    return "\n".join(f"  {SPOKEN[kind]:<11}{name}" for kind, name in things)


if __name__ == "__main__":
    sys.exit(main())
