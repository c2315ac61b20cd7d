"""Fixtures of all tests, and how hard hypothesis tries."""

import gc
from collections.abc import Iterator

import pytest
from hypothesis import settings
from moto import mock_aws

from tests import quick_moto
from tests.aws import Aws, deployed, kept_session
from tests.examples import TIMES, examples
from tests.template import read_template

# The same examples each time, so that a change is not refused for what it did not do; nightly runs look for others.
settings.register_profile("suite", deadline=None, max_examples=examples(60), derandomize=TIMES == 1)
settings.load_profile("suite")
quick_moto.install()


def pytest_collection_finish() -> None:
    """What was imported and collected stays: looking for garbage in it, again and again, takes a tenth of the time."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="module")
def _moto() -> Iterator[None]:
    """To start moto takes longer than to empty it."""
    with mock_aws():
        yield


@pytest.fixture
def aws(_moto: None) -> Iterator[Aws]:
    """A new and empty AWS with all resources of the template; nothing leaves this process."""
    with deployed(read_template(), kept_session) as resources:
        yield resources
