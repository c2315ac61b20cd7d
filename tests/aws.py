"""AWS in process (moto), with everything that template.yaml says."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any
from unittest.mock import patch

from botocore.session import Session
from moto import mock_aws

from invoicing.aws_session import open_session
from invoicing.wiring import wiring
from tests.fake_webhooks import FakeBox
from tests.moto_state import MotoState, forget
from tests.template import Template

REGION = "us-east-1"
AWS_ACCOUNT = "123456789012"
"""The account that moto plays."""

_TABLE_PROPERTIES = (
    "AttributeDefinitions",
    "BillingMode",
    "GlobalSecondaryIndexes",
    "KeySchema",
    "LocalSecondaryIndexes",
    "StreamSpecification",
)


@dataclass(frozen=True)
class Aws:
    """The deployed resources, and the template's environment."""

    environment: dict[str, str]

    def client(self, service: str) -> Any:
        """A client of a service."""
        return _client(service)

    def items(self, table: str) -> list[dict[str, Any]]:
        """Everything in a table, such as ``invoices``, as DynamoDB writes it."""
        name = self.environment[f"{table.upper()}_TABLE"]
        items: list[dict[str, Any]] = self.client("dynamodb").scan(TableName=name, ConsistentRead=True)["Items"]
        return items


@contextmanager
def deployed(template: Template, session: Callable[[], Session] = open_session) -> Iterator[Aws]:
    """Every table, the bucket, the bus and the sender's SES identity of a template, on a new and empty AWS.

    A test passes `kept_session`: to open one takes longer than most tests.
    """
    regions = {"AWS_DEFAULT_REGION": REGION, "AWS_REGION": REGION}
    with (
        mock_aws(),
        patch.dict(os.environ, template.environment | regions),
        patch("invoicing.wiring.open_session", session),
        # moto cannot keep a key of KMS; messaging/test_secret_box.py has one.
        patch("invoicing.messaging.secret_box.KmsSecretBox", lambda *_: FakeBox()),
        patch("invoicing.messaging.webhook_sender.look_up_soon", lambda *_: []),
    ):
        _resources(template).restore()
        wiring.cache_clear()
        try:
            yield Aws(template.environment)
        finally:
            wiring.cache_clear()
            forget()


@cache
def kept_session() -> Session:
    """One botocore session for all tests, which has read the descriptions of services already; clients are new."""
    return open_session()


@cache
def _resources(template: Template) -> MotoState:
    """An AWS on which everything was just made; a copy of it is there in no time."""
    forget()
    aws = Aws(template.environment)
    for logical_id, table in template.resources("AWS::DynamoDB::Table").items():
        _create_table(aws, template.value({"Ref": logical_id}), table["Properties"])
    aws.client("s3").create_bucket(Bucket=aws.environment["DOCUMENTS_BUCKET"])
    aws.client("events").create_event_bus(Name=aws.environment["EVENT_BUS"])
    aws.client("ses").verify_email_identity(EmailAddress=aws.environment["EMAIL_SENDER"])
    return MotoState.now()


def _create_table(aws: Aws, name: str, properties: Any) -> None:
    request = {key: properties[key] for key in _TABLE_PROPERTIES if key in properties}
    if stream := request.get("StreamSpecification"):
        request["StreamSpecification"] = stream | {"StreamEnabled": True}
    aws.client("dynamodb").create_table(TableName=name, **request)


@cache
def _client(service: str) -> Any:
    """One client for all tests: botocore takes longer to make it than any test needs it."""
    return Session().create_client(service, region_name=REGION)
