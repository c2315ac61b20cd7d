"""The only reader of the environment."""

import os
from collections.abc import Mapping

from invoicing.dataclass import dataclass

_TABLE = "_TABLE"
"""The end of a variable's name that sets the name of a table."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Settings of a deployed function; ``public_url`` has no trailing slash and is empty if the request sets it.

    ``is_local``: this is a service on one's own machine, whose webhooks may go to localhost. ``webhooks_key`` encrypts
    the secrets of webhooks. ``events_kept`` is in months. ``dynamodb`` is the address of DynamoDB; requests go there
    without botocore's client if ``signed_transport``.
    """

    tables: Mapping[str, str]
    documents_bucket: str
    event_bus: str
    due_work_queue: str
    webhooks_queue: str
    webhooks_key: str
    is_local: bool
    email_sender: str
    email_configuration_set: str
    public_url: str
    events_kept: int
    dynamodb: str
    signed_transport: bool

    @classmethod
    def of(cls, environment: Mapping[str, str]) -> "Settings":
        """Read the settings of an environment; `KeyError` names a missing variable."""
        return cls(
            tables={
                name.removesuffix(_TABLE).lower(): table for name, table in environment.items() if name.endswith(_TABLE)
            },
            documents_bucket=environment["DOCUMENTS_BUCKET"],
            event_bus=environment["EVENT_BUS"],
            due_work_queue=environment["DUE_WORK_QUEUE"],
            webhooks_queue=environment["WEBHOOKS_QUEUE"],
            webhooks_key=environment["WEBHOOKS_KEY"],
            is_local="AWS_ENDPOINT_URL" in environment,
            email_sender=environment["EMAIL_SENDER"],
            email_configuration_set=environment["EMAIL_CONFIGURATION_SET"],
            public_url=environment.get("PUBLIC_URL", ""),
            events_kept=int(environment["EVENT_RETENTION_MONTHS"]),
            dynamodb=_address_of_dynamodb(environment),
            signed_transport=environment.get("DYNAMODB_TRANSPORT") != "botocore",
        )


def _address_of_dynamodb(environment: Mapping[str, str]) -> str:
    """Return the address from AWS's own settings, which lead to the local stack, else that of the region."""
    configured = environment.get("AWS_ENDPOINT_URL_DYNAMODB") or environment.get("AWS_ENDPOINT_URL")
    return configured or f"https://dynamodb.{environment['AWS_REGION']}.{environment['URL_SUFFIX']}"


def read_settings() -> Settings:
    """Return the settings of this function."""
    return Settings.of(os.environ)


def function_name() -> str | None:
    """Return the name of this Lambda function, None outside Lambda."""
    return os.environ.get("AWS_LAMBDA_FUNCTION_NAME")


def in_lambda() -> bool:
    """Whether this process is a Lambda function, where connections are worth opening before the first request."""
    return function_name() is not None
