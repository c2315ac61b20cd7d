"""Removing a stack; tests/stories/test_destroy.py does it to the whole product."""

import sys
from collections.abc import Iterator
from functools import partial
from types import SimpleNamespace
from typing import Any

import boto3
import pytest
from moto import mock_aws

from tools.destroy import Destruction, main
from tools.ministack import CannotRunError

STACK = {"StackName": "invoicing", "StackId": "arn:of:the:stack", "StackStatus": "CREATE_COMPLETE"}
BUCKET = {"ResourceType": "AWS::S3::Bucket", "PhysicalResourceId": "documents"}


class CloudFormation:
    """Has one stack with one bucket."""

    def __init__(self) -> None:
        self.deleted: list[str] = []

    def describe_stacks(self, **_: str) -> Any:
        return {"Stacks": [STACK]}

    def get_paginator(self, _: str) -> Any:
        return SimpleNamespace(paginate=lambda **_: [{"StackResourceSummaries": [BUCKET]}])

    def delete_stack(self, **which: str) -> None:
        self.deleted.append(which["StackName"])

    def get_waiter(self, _: str) -> Any:
        return SimpleNamespace(wait=lambda **_: None)


class Session(boto3.Session):
    """Everything but CloudFormation is moto's."""

    def __init__(self, cloudformation: CloudFormation) -> None:
        super().__init__()
        self._cloudformation = cloudformation

    def client(self, service_name: Any, *_: Any, **__: Any) -> Any:
        return self._cloudformation if service_name == "cloudformation" else super().client(service_name)


@pytest.fixture(autouse=True)
def cloudformation(monkeypatch: pytest.MonkeyPatch) -> Iterator[CloudFormation]:
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    with mock_aws():
        yield CloudFormation()


@pytest.fixture
def s3() -> Any:
    """Where the bucket is, with a document."""
    s3 = boto3.client("s3")
    s3.create_bucket(Bucket="documents")
    s3.put_bucket_versioning(Bucket="documents", VersioningConfiguration={"Status": "Enabled"})
    s3.put_object(Bucket="documents", Key="a.pdf", Body=b"PDF")
    return s3


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ([], "which stack? Name it, as in: make destroy STACK=invoicing"),
        (["--stack", ""], "which stack? Name it, as in: make destroy STACK=invoicing"),
        (["--stack", "other", "--data", "yes"],
         "DATA=yes means nothing: DATA=delete deletes the data, without it the data stays"),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], given: list[str], problem: str
) -> None:
    monkeypatch.setattr(sys, "argv", ["destroy", *given])
    assert main() == 1
    assert capsys.readouterr().err.splitlines() == [f"error: {problem}"]


def test_a_bucket_is_emptied_of_all_its_versions(
    monkeypatch: pytest.MonkeyPatch, cloudformation: CloudFormation, s3: Any
) -> None:
    for _ in range(4):
        s3.put_object(Bucket="documents", Key="a.pdf", Body=b"PDF")
    s3.delete_object(Bucket="documents", Key="a.pdf")
    monkeypatch.setattr("builtins.input", lambda _: "invoicing")
    destruction = Destruction(Session(cloudformation), "invoicing")
    two_at_once = partial(destruction.s3.list_object_versions, MaxKeys=2)
    monkeypatch.setattr(destruction.s3, "list_object_versions", two_at_once)
    destruction.run(with_data=True)
    assert s3.list_buckets()["Buckets"] == []
    assert cloudformation.deleted == [STACK["StackId"]]


def test_without_an_answer_nothing_is_deleted(
    monkeypatch: pytest.MonkeyPatch, cloudformation: CloudFormation, s3: Any
) -> None:
    def no_terminal(_: str) -> str:
        raise EOFError

    monkeypatch.setattr("builtins.input", no_terminal)
    with pytest.raises(CannotRunError, match="nothing was deleted"):
        Destruction(Session(cloudformation), "invoicing").run(with_data=True)
    assert [bucket["Name"] for bucket in s3.list_buckets()["Buckets"]] == ["documents"]
    assert cloudformation.deleted == []


def test_an_object_that_stays_is_told(monkeypatch: pytest.MonkeyPatch, cloudformation: CloudFormation, s3: Any) -> None:
    monkeypatch.setattr("builtins.input", lambda _: "invoicing")
    destruction = Destruction(Session(cloudformation), "invoicing")
    refusal = {"Errors": [{"Key": "a.pdf", "Message": "Access Denied"}]}
    monkeypatch.setattr(destruction.s3, "delete_objects", lambda **_: refusal)
    with pytest.raises(CannotRunError, match=r"a\.pdf in documents was not deleted: Access Denied"):
        destruction.run(with_data=True)
