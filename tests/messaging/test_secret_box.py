"""Secrets encrypted by KMS."""

from collections.abc import Iterator
from typing import Any

import pytest
from botocore.exceptions import EndpointConnectionError
from moto import mock_aws

from invoicing.domain.errors import Unavailable
from invoicing.messaging.secret_box import KmsSecretBox
from tests.aws import REGION, kept_session


@pytest.fixture
def box(monkeypatch: pytest.MonkeyPatch) -> Iterator[KmsSecretBox]:
    monkeypatch.setenv("AWS_DEFAULT_REGION", REGION)
    with mock_aws():
        client: Any = kept_session().create_client("kms")
        key = client.create_key()["KeyMetadata"]["KeyId"]
        yield KmsSecretBox(kept_session(), key)


def test_what_is_sealed_is_opened_for_its_account_alone(box: KmsSecretBox, monkeypatch: pytest.MonkeyPatch) -> None:
    sealed = box.seal("whsec_secret", "acc_1#test")
    assert "secret" not in sealed
    asked: list[Any] = []
    decrypt = box._client.decrypt

    def counted(**request: Any) -> Any:
        asked.append(request)
        return decrypt(**request)

    monkeypatch.setattr(box._client, "decrypt", counted)
    assert [box.open(sealed, "acc_1#test") for _ in range(3)] == ["whsec_secret"] * 3
    assert len(asked) == 1, "what was opened once is kept"
    with pytest.raises(ValueError, match="another account"):
        box.open(sealed, "acc_1")


def test_without_an_answer_the_request_can_be_repeated(box: KmsSecretBox, monkeypatch: pytest.MonkeyPatch) -> None:
    def silent(**_: Any) -> Any:
        raise EndpointConnectionError(endpoint_url="https://kms.example")

    monkeypatch.setattr(box._client, "encrypt", silent)
    with pytest.raises(Unavailable):
        box.seal("whsec_secret", "acc_1")
