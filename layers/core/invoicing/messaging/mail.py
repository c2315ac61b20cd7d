"""Sending of e-mail through SES."""

from collections.abc import Mapping
from typing import Any

import botocore.session
from botocore.config import Config
from botocore.exceptions import ClientError, ConnectTimeoutError, EndpointConnectionError, HTTPClientError

from invoicing.aws_session import CONFIG
from invoicing.domain.deliveries.addresses import in_ascii
from invoicing.operations.unit_of_work.ports import MailDeferred, MailRefused, MailUnconfirmed

_REFUSALS = frozenset({"MessageRejected", "InvalidParameterValue"})


class SesMailer:
    """Hands raw messages to SES (`invoicing.operations.unit_of_work.ports.Mailer`).

    SES reports what becomes of a message to the destination of the configuration set, with the message's tags.

    The client never retries by itself: SES has no request token, so a repeated request may be a second e-mail.
    """

    def __init__(self, session: botocore.session.Session, sender: str, configuration_set: str) -> None:
        # Without a response the e-mail may have gone out, so a longer wait is worth it.
        once = Config(read_timeout=10, retries={"total_max_attempts": 1})
        self._client: Any = session.create_client("ses", config=CONFIG.merge(once))
        self._sender = sender
        self._configuration_set = configuration_set

    def send(self, message: bytes, recipient: str, tags: Mapping[str, str]) -> str:
        """Send once; return SES' message id. SES takes addresses in ASCII only."""
        try:
            answer = self._client.send_raw_email(
                Source=self._sender,
                Destinations=[in_ascii(recipient)],
                RawMessage={"Data": message},
                ConfigurationSetName=self._configuration_set,
                Tags=[{"Name": name, "Value": value} for name, value in tags.items()],
            )
        except ClientError as error:
            status = error.response["ResponseMetadata"]["HTTPStatusCode"]
            code = error.response["Error"]["Code"]
            if code in _REFUSALS:
                raise MailRefused(code) from error
            if status >= 500:
                raise MailUnconfirmed(code) from error
            raise MailDeferred(code) from error
        except (ConnectTimeoutError, EndpointConnectionError) as error:
            raise MailDeferred(type(error).__name__) from error
        except HTTPClientError as error:
            raise MailUnconfirmed(type(error).__name__) from error
        return str(answer["MessageId"])
