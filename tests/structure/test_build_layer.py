"""The core layer: what the build takes out of botocore is missed by no client of ours."""

import shutil
from pathlib import Path

import botocore
import botocore.session
import pytest
from botocore.client import BaseClient
from botocore.loaders import Loader

from tools.build_layer import SERVICES, _trim_botocore


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of botocore's data as the layer has it."""
    copy = tmp_path_factory.mktemp("botocore") / "data"
    copy.mkdir()
    for part in Path(botocore.__file__).parent.joinpath("data").glob("*"):
        if part.is_file() or part.name in SERVICES:
            (shutil.copy if part.is_file() else shutil.copytree)(part, copy / part.name)
    _trim_botocore(copy)
    return copy


def client(service: str, region: str, data: Path | None = None) -> BaseClient:
    """A client that knows this data, else all that botocore brings."""
    session = botocore.session.Session()
    session.set_credentials("key", "secret")
    if data:
        loader = Loader(extra_search_paths=[str(data)], include_default_search_paths=False)
        session.register_component("data_loader", loader)
    return session.create_client(service, region_name=region)


def context(of: BaseClient) -> list[str]:
    """What a client's endpoint depends on; reading it takes descriptions that are complete."""
    return [parameter.name for parameter in of.meta.service_model.client_context_parameters]


def members(of: BaseClient, operation: str) -> list[str]:
    """What an operation's request is made of."""
    shape = of.meta.service_model.operation_model(operation).input_shape
    return list(shape.members) if shape else []


@pytest.mark.parametrize("region", ["eu-central-1", "us-east-1", "us-gov-west-1", "cn-north-1"])
@pytest.mark.parametrize("service", sorted(SERVICES))
def test_trimmed_descriptions_make_the_same_clients(data: Path, service: str, region: str) -> None:
    trimmed, whole = client(service, region, data), client(service, region)
    assert trimmed.meta.endpoint_url == whole.meta.endpoint_url
    assert vars(trimmed.meta.config)["signature_version"] == vars(whole.meta.config)["signature_version"]
    assert context(trimmed) == context(whole)
    assert trimmed.meta.service_model.operation_names == whole.meta.service_model.operation_names
    for name in whole.meta.service_model.operation_names:
        assert members(trimmed, name) == members(whole, name)


def test_nothing_is_left_that_is_only_for_people(data: Path) -> None:
    assert not list(data.glob("*/*/service-2.json.gz"))
    for description in data.glob("*/*/service-2.json"):
        assert '"documentation": "<' not in description.read_text()
