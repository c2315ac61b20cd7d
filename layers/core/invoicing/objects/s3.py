"""Storage of documents and files in S3."""

import base64
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import botocore.session
from botocore.config import Config
from botocore.exceptions import ClientError

from invoicing.aws_session import CONFIG
from invoicing.operations.imports._store import UploadSize
from invoicing.operations.unit_of_work.ports import Upload, UploadForm

if TYPE_CHECKING:
    from invoicing.domain.exports.export import Part

VERDICT, CLEAN = "GuardDutyMalwareScanStatus", "NO_THREATS_FOUND"
"""The tag that GuardDuty Malware Protection for S3 gives an object, and its value where there is nothing to fear."""

SMALLEST_PART = 5_242_880
"""The least bytes of each part of a multipart upload but its last."""


class S3ObjectStore:
    """A bucket of documents, each written once, and of files (`ObjectStore` and `FileStore` of `ports`)."""

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
        """Store a PDF with its SHA-256 unless one of that name exists; return the stored one."""
        return self.keep_file(name, content, "application/pdf")

    def keep_file(self, name: str, content: bytes, content_type: str) -> bytes:
        """Store content with its SHA-256 unless there is some of that name; return the stored one."""
        digest = hashlib.sha256(content)
        try:
            self._client.put_object(
                Bucket=self._bucket,
                Key=name,
                Body=content,
                ContentType=content_type,
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
        """Return a presigned URL under which a browser saves the PDF as ``file_name``."""
        return self._link(name, f'attachment; filename="{file_name}"', "application/pdf", seconds)

    def link_to_file(self, name: str, file_name: str, content_type: str, seconds: int) -> str:
        """Return a presigned URL under which a browser saves the file (RFC 6266), and never shows it."""
        from invoicing.domain.files.names import ascii_name  # noqa: PLC0415

        disposition = f"attachment; filename=\"{ascii_name(file_name)}\"; filename*=UTF-8''{quote(file_name, safe='')}"
        return self._link(name, disposition, content_type, seconds)

    def _link(self, name: str, disposition: str, content_type: str, seconds: int) -> str:
        url: str = self._client.generate_presigned_url(
            "get_object",
            Params={
                "Bucket": self._bucket,
                "Key": name,
                "ResponseContentDisposition": disposition,
                "ResponseContentType": content_type,
            },
            ExpiresIn=seconds,
        )
        return url

    def upload_form(self, name: str, content_type: str, size: int, seconds: int) -> UploadForm:
        """Return a presigned POST for one object; S3 refuses another key, another type, and more bytes."""
        made = self._client.generate_presigned_post(
            Bucket=self._bucket,
            Key=name,
            Fields={"Content-Type": content_type},
            Conditions=[{"Content-Type": content_type}, ["content-length-range", 1, size]],
            ExpiresIn=seconds,
        )
        return UploadForm(made["url"], made["fields"])

    def fetch_upload(self, name: str) -> Upload | None:
        """Return what was uploaded, with the verdict of a scanner, which is a tag of the object."""
        content = self.fetch(name)
        if content is None:
            return None
        found = self._client.get_object_tagging(Bucket=self._bucket, Key=name)["TagSet"]
        verdicts = {tag["Value"] for tag in found if tag["Key"] == VERDICT}
        return Upload(content, is_rejected=not verdicts <= {CLEAN})

    def copy_upload(self, name: str, to: str) -> UploadSize | None:
        """Copy what was uploaded, within S3; return its size, None when nothing was."""
        source = {"Bucket": self._bucket, "Key": name}
        try:
            found = self._client.get_object_tagging(**source)["TagSet"]
            self._client.copy_object(Bucket=self._bucket, Key=to, CopySource=source, TaggingDirective="REPLACE")
        except ClientError as error:
            if error.response["Error"]["Code"] == "NoSuchKey":
                return None
            raise
        size = self._client.head_object(Bucket=self._bucket, Key=to)["ContentLength"]
        verdicts = {tag["Value"] for tag in found if tag["Key"] == VERDICT}
        return UploadSize(size, is_rejected=not verdicts <= {CLEAN})

    def fetch_range(self, name: str, offset: int, length: int) -> bytes:
        """Return bytes of an object from an offset on, fewer at its end."""
        last = offset + length - 1
        answer = self._client.get_object(Bucket=self._bucket, Key=name, Range=f"bytes={offset}-{last}")
        content: bytes = answer["Body"].read()
        return content

    def replace(self, name: str, content: bytes) -> None:
        """Store content in place of any of that name."""
        self._client.put_object(Bucket=self._bucket, Key=name, Body=content)

    def join(self, name: str, parts: Iterable[bytes]) -> None:
        """Store an object made of parts one after the other, of which only a few megabytes are held at a time."""
        upload = {"Bucket": self._bucket, "Key": name}
        upload["UploadId"] = self._client.create_multipart_upload(**upload)["UploadId"]
        sent = []
        for number, content in enumerate(_gathered(parts, SMALLEST_PART), start=1):
            answer = self._client.upload_part(**upload, PartNumber=number, Body=content)
            sent.append({"PartNumber": number, "ETag": answer["ETag"]})
        self._client.complete_multipart_upload(**upload, MultipartUpload={"Parts": sent})

    def begin_upload(self, name: str) -> str:
        """Begin an object of several parts; return the id of its upload."""
        upload_id: str = self._client.create_multipart_upload(Bucket=self._bucket, Key=name)["UploadId"]
        return upload_id

    def upload_part(self, name: str, upload_id: str, number: int, content: bytes) -> str:
        """Upload a part; return its tag."""
        part = {"UploadId": upload_id, "PartNumber": number, "Body": content}
        etag: str = self._client.upload_part(Bucket=self._bucket, Key=name, **part)["ETag"]
        return etag

    def complete_upload(self, name: str, upload_id: str, parts: "Sequence[Part]") -> None:
        """Make the object of these parts; that it was made so before is no error."""
        made = {"Parts": [{"PartNumber": part.number, "ETag": part.etag} for part in parts]}
        try:
            self._client.complete_multipart_upload(
                Bucket=self._bucket, Key=name, UploadId=upload_id, MultipartUpload=made
            )
        except ClientError as error:
            if error.response["Error"]["Code"] != "NoSuchUpload":
                raise
            self._client.head_object(Bucket=self._bucket, Key=name)

    def remove(self, *beginnings: str) -> None:
        """Remove the objects, of a file one or two, whose names begin so."""
        for beginning in beginnings:
            listed = self._client.list_objects_v2(Bucket=self._bucket, Prefix=beginning)
            for found in listed.get("Contents", ()):
                self._client.delete_object(Bucket=self._bucket, Key=found["Key"])


def _gathered(parts: Iterable[bytes], least: int) -> Iterator[bytes]:
    """Return the same bytes in parts of at least so many but the last, of which there is always one."""
    held: list[bytes] = []
    for part in parts:
        held.append(part)
        if sum(map(len, held)) >= least:
            yield b"".join(held)
            held = []
    yield b"".join(held)
