"""Answers of S3 that moto does not give."""

import botocore.session
import pytest
from botocore.exceptions import ClientError
from botocore.stub import Stubber

from invoicing.domain.exports.export import Part
from invoicing.objects.s3 import S3ObjectStore

PARTS = (Part(2, "a"), Part(5, "b"))


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch) -> S3ObjectStore:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-central-1")
    return S3ObjectStore(botocore.session.Session(), "bucket")


def answers(store: S3ObjectStore, code: str) -> Stubber:
    stubber = Stubber(store._client)
    made = {"Parts": [{"PartNumber": 2, "ETag": "a"}, {"PartNumber": 5, "ETag": "b"}]}
    asked = {"Bucket": "bucket", "Key": "file", "UploadId": "up", "MultipartUpload": made}
    stubber.add_client_error("complete_multipart_upload", code, expected_params=asked)
    return stubber


def test_an_upload_that_was_completed_before_is_no_error(store: S3ObjectStore) -> None:
    with answers(store, "NoSuchUpload") as stubber:
        stubber.add_response("head_object", {}, {"Bucket": "bucket", "Key": "file"})
        store.complete_upload("file", "up", PARTS)
        stubber.assert_no_pending_responses()


def test_an_upload_that_never_was_is_one(store: S3ObjectStore) -> None:
    with answers(store, "NoSuchUpload") as stubber:
        stubber.add_client_error("head_object", "404")
        with pytest.raises(ClientError, match="404"):
            store.complete_upload("file", "up", PARTS)


def test_any_other_refusal_is_one(store: S3ObjectStore) -> None:
    with answers(store, "EntityTooSmall"), pytest.raises(ClientError, match="EntityTooSmall"):
        store.complete_upload("file", "up", PARTS)
