"""Schemathesis asks every operation what docs/openapi.json allows and what it does not, alone and along its links.

It has an environment of its own, which `make contract` installs and runs; the API is that of `local_api`.
"""

import json
import os
import subprocess
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from invoicing.wiring import wiring
from tests.aws import Aws, deployed, kept_session
from tests.examples import examples
from tests.functions.keys import NEVER_USED_UP, change_key
from tests.functions.local_api import LocalApi, local_api
from tests.sample_business import (
    API_KEY,
    OPENED_AT,
    open_sample_business,
    pay_sample_business,
    settle_sample_business,
)
from tests.structure.project import sample_events
from tests.template import ROOT, read_template
from tools.openapi import FILE

PROGRAM = ROOT / ".venv-contract" / "bin" / "st"
HOOKS = Path(__file__).with_name("contract_hooks.py")
SEED = 1
OTHER_KEY_ID = "key_0195512345007a3b8c1d2e3f4051627b"
"""The key that may be rotated and revoked: not the one that everything is asked with."""

CHECKS = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
    "unsupported_method",
    "negative_data_rejection",
    "ignored_auth",
)
"""Decision 0089 says why others are left out."""

pytestmark = pytest.mark.skipif(
    not PROGRAM.exists() and not os.environ.get("CI"), reason="needs Schemathesis, which `make contract` installs"
)


@contextmanager
def open_api() -> Iterator[LocalApi]:
    """The business of the sample events, behind HTTP; it is always the same moment there."""
    with deployed(read_template(), kept_session) as aws, local_api() as api:
        _make_queues(aws)
        open_sample_business()
        settle_sample_business()
        pay_sample_business()
        change_key(aws, API_KEY, requests_per_hour=NEVER_USED_UP)
        now = OPENED_AT + timedelta(hours=1)
        vars(wiring())["services"] = replace(wiring().services, clock=lambda: now)
        yield api


def _make_queues(aws: Aws) -> None:
    for name, url in aws.environment.items():
        if name.endswith("_QUEUE"):
            aws.client("sqs").create_queue(QueueName=url.rpartition("/")[2])


def configuration() -> str:
    """The settings of Schemathesis: the key, and ids that lead to something, those of the sample events."""
    known = defaultdict[str, set[str]](set)
    for event in sample_events().values():
        for name, value in (event.get("pathParameters") or {}).items():
            known[name].add(value)
    known["key_id"] = {OTHER_KEY_ID}
    lines = [f"seed = {SEED}", "continue-on-failure = true", f'hooks = "{HOOKS}"']
    lines += ["[headers]", f'Authorization = "Bearer {API_KEY}"']
    for name, values in sorted(known.items()):
        lines += [f"[dictionaries.{name}]", f"values = {json.dumps(sorted(values))}"]
    lines.append("[parameters]")
    lines += [f'"path.{name}" = {{dictionary = "{name}", probability = 0.85}}' for name in sorted(known)]
    # What is wrong with an item of a bulk request is said of the item.
    lines += ["[[operations]]", 'include-path-regex = "/bulk$"']
    lines.append('checks.negative_data_rejection.expected-statuses = [207, "4xx"]')
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize(
    ("phases", "mode", "most"),
    [
        pytest.param("fuzzing,stateful", "positive", 1, marks=pytest.mark.slow),
        pytest.param("examples,coverage,fuzzing", "all", examples(2), marks=pytest.mark.nightly),
        pytest.param("stateful", "all", examples(2), marks=pytest.mark.nightly),
    ],
)
def test_every_operation_keeps_to_the_document(phases: str, mode: str, most: int, tmp_path: Path) -> None:
    (tmp_path / "schemathesis.toml").write_text(configuration())
    options = ["--phases", phases, "--mode", mode, "--max-examples", str(most), "--checks", ",".join(CHECKS)]
    with open_api() as api:
        done = subprocess.run(  # noqa: S603
            [str(PROGRAM), "run", str(FILE), "--url", api.url, "--warnings", "off", "--no-shrink", *options],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode == 0, done.stdout
