"""Encryption of secrets by KMS, with a key that never leaves it."""

import base64
from functools import lru_cache
from typing import Any

import botocore.session
from botocore.exceptions import ClientError, HTTPClientError
from botocore.exceptions import ConnectionError as NotConnected

from invoicing.aws_session import CONFIG
from invoicing.domain.errors import Unavailable

MOST_KEPT = 1_000
"""The most secrets that a process keeps decrypted, so that a request to KMS is made for few deliveries."""


class KmsSecretBox:
    """Encrypts and decrypts (`invoicing.operations.webhooks._ports.SecretBox`).

    The account is part of what is authenticated: what was encrypted for one is of no use with another.
    """

    def __init__(self, session: botocore.session.Session, key_id: str) -> None:
        self._client: Any = session.create_client("kms", config=CONFIG)
        self._key_id = key_id
        errors: Any = self._client.exceptions
        self._temporary = (errors.KMSInternalException, errors.DependencyTimeoutException)
        self.open = lru_cache(MOST_KEPT)(self._open)

    def seal(self, secret: str, account: str) -> str:
        """Encrypt; one request. `Unavailable` when KMS does not answer."""
        request = {"KeyId": self._key_id, "Plaintext": secret.encode()}
        try:
            answer = self._client.encrypt(**request, EncryptionContext=_context(account))
        except (HTTPClientError, NotConnected, *self._temporary) as error:
            message = "A service is temporarily unavailable. Retry the request with the same Idempotency-Key."
            raise Unavailable("SERVICE_UNAVAILABLE", message) from error
        return base64.b64encode(answer["CiphertextBlob"]).decode()

    def _open(self, sealed: str, account: str) -> str:
        """Decrypt; one request, none for what was decrypted before. `ValueError` for what is of another account."""
        request = {"KeyId": self._key_id, "CiphertextBlob": base64.b64decode(sealed)}
        try:
            answer = self._client.decrypt(**request, EncryptionContext=_context(account))
        except ClientError as error:
            if error.response["Error"]["Code"] != "InvalidCiphertextException":
                raise
            raise ValueError("encrypted for another account, or with another key") from error
        return str(answer["Plaintext"].decode())


def _context(account: str) -> dict[str, str]:
    return {"account": account}
