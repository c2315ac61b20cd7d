"""The only reader of the environment."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

_TABLE = "_TABLE"
"""What ends the name of a variable that says what a table is called."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How a function was deployed; ``public_url`` has no trailing slash and is empty where the request says it.

    ``dynamodb`` is the address of DynamoDB; requests go there without botocore's client if ``signed_transport``.
    """

    tables: Mapping[str, str]
    documents_bucket: str
    event_bus: str
    email_sender: str
    public_url: str
    events_kept: timedelta
    dynamodb: str
    signed_transport: bool

    @classmethod
    def of(cls, environment: Mapping[str, str]) -> "Settings":
        """The settings of an environment; `KeyError` names a variable that is missing."""
        return cls(
            tables={
                name.removesuffix(_TABLE).lower(): table for name, table in environment.items() if name.endswith(_TABLE)
            },
            documents_bucket=environment["DOCUMENTS_BUCKET"],
            event_bus=environment["EVENT_BUS"],
            email_sender=environment["EMAIL_SENDER"],
            public_url=environment.get("PUBLIC_URL", ""),
            events_kept=timedelta(days=int(environment["EVENT_RETENTION_DAYS"])),
            dynamodb=_address_of_dynamodb(environment),
            signed_transport=environment.get("DYNAMODB_TRANSPORT") != "botocore",
        )


def _address_of_dynamodb(environment: Mapping[str, str]) -> str:
    """Where AWS's own settings say, which lead to the local stack, else that of the region."""
    configured = environment.get("AWS_ENDPOINT_URL_DYNAMODB") or environment.get("AWS_ENDPOINT_URL")
    return configured or f"https://dynamodb.{environment['AWS_REGION']}.{environment['URL_SUFFIX']}"


def read_settings() -> Settings:
    """The settings of this function."""
    return Settings.of(os.environ)


def function_name() -> str | None:
    """The name of the Lambda function that this process is, None outside Lambda."""
    return os.environ.get("AWS_LAMBDA_FUNCTION_NAME")


def in_lambda() -> bool:
    """Whether this process is a Lambda function's, where connections are worth opening before the first request."""
    return function_name() is not None
