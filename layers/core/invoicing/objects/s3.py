"""Document storage in S3."""

import base64
import hashlib
from typing import Any

import botocore.session
from botocore.config import Config
from botocore.exceptions import ClientError

from invoicing.aws_session import CONFIG


class S3ObjectStore:
    """A bucket of PDFs, each written once (`invoicing.operations.unit_of_work.ports.ObjectStore`)."""

    def __init__(self, session: botocore.session.Session, bucket: str) -> None:
        self._client: Any = session.create_client("s3", config=CONFIG.merge(Config(signature_version="s3v4")))
        self._bucket = bucket

    def fetch(self, name: str) -> bytes | None:
        """Return the document's bytes, or None."""
        try:
            answer = self._client.get_object(Bucket=self._bucket, Key=name)
        except ClientError as error:
            if error.response["Error"]["Code"] == "NoSuchKey":
                return None
            raise
        content: bytes = answer["Body"].read()
        return content

    def keep(self, name: str, content: bytes) -> bytes:
        """Store a document with its SHA-256 unless one of that name exists; return the stored one."""
        digest = hashlib.sha256(content)
        try:
            self._client.put_object(
                Bucket=self._bucket,
                Key=name,
                Body=content,
                ContentType="application/pdf",
                ChecksumSHA256=base64.b64encode(digest.digest()).decode(),
                Metadata={"sha256": digest.hexdigest()},
                IfNoneMatch="*",
            )
        except ClientError as error:
            if error.response["Error"]["Code"] not in {"PreconditionFailed", "ConditionalRequestConflict"}:
                raise
            return self.fetch(name) or content
        return content

    def link(self, name: str, file_name: str, seconds: int) -> str:
        """Return a presigned URL under which a browser saves the document as ``file_name``."""
        url: str = self._client.generate_presigned_url(
            "get_object",
            Params={
                "Bucket": self._bucket,
                "Key": name,
                "ResponseContentDisposition": f'attachment; filename="{file_name}"',
                "ResponseContentType": "application/pdf",
            },
            ExpiresIn=seconds,
        )
        return url
