"""Receivers verify our requests with our clients, and with the libraries of Standard Webhooks."""

import base64
import json
import re
import subprocess
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from standardwebhooks import Webhook, WebhookVerificationError

from invoicing.domain.webhooks.signature import new_webhook_secret, signed_headers
from invoicing.operations.webhooks.rotate_webhook_secret import rotate_webhook_secret
from tests.builders import a_customer, an_account
from tests.clients.typescript import NODE, needs_node, scenario
from tests.fake_webhooks import BROKEN, OK, FakeBox, Post
from tests.fakes import FakeStore
from tests.office import Office
from tests.operations.webhooks.posting import Posting
from tests.template import ROOT
from tools.npm import unpacked

GUIDE = (ROOT / "docs" / "guide" / "webhooks.md").read_text()
BODY = '{"event":"invoice.paid","data":{"id":"inv_1","total":1836.00,"name":"Käufer"},"meta":{"event_id":"1"}}'.encode()
SECRET, OWN = new_webhook_secret("nobody guesses this"), "bar-secret-0123456789"
LIBRARY_SHA512 = "bCbX9ZEyFkWPsRz7Bl3NuQUJohmwGSev/yhr7vhaGPlc4AfIrspIRa6cPTBuI1ItmrTDJ4d/S2hCsfe4+vQGnQ=="
BASE64_SHA512 = "1bnPQqSxSuc3Ii6MhBysoWCg58j97aUjuCSZrGSmDxNqtytIi0k8utUenAwTZN4V5mXXYGsVUI9zeBqy+jBOSQ=="
SHA256_SHA512 = "n11RGP/lrWEFI/bWdygLxhI+pVeo1ZYIVwvvPkW7azl/rOy+F3HYRZ2K5zeE9mmkhQppyv9sQFx0JM9UabnpPQ=="
PACKAGES = {
    "standardwebhooks@1.1.1": LIBRARY_SHA512,
    "@stablelib/base64@1.0.1": BASE64_SHA512,
    "fast-sha256@1.3.0": SHA256_SHA512,
}
"""The library for JavaScript and what it needs, by the hashes of their packages."""

LAST_ATTEMPT = timedelta(seconds=4200)
"""After so long the endpoint of these tests is tried again: an hour after the fifth attempt, with the next tick."""

Verify = Callable[[str, Mapping[str, str], bytes], bool]


def code(language: str, name: str) -> str:
    """The block of code of the guide with a name in it."""
    blocks: list[str] = re.findall(rf"```{language}\n(.*?)```", GUIDE, re.DOTALL)
    (found,) = [block for block in blocks if name in block]
    return found


def in_python(secret: str, headers: Mapping[str, str], body: bytes) -> bool:
    defined: dict[str, Any] = {}
    exec(code("python", "def receive"), defined)  # noqa: S102
    status = defined["receive"](secret, headers, body)
    assert status in {200, 401}
    return bool(status == 200)


def in_typescript(secret: str, headers: Mapping[str, str], body: bytes) -> bool:
    told = scenario("verify", secret, headers, body.hex())
    assert told["event"] == "invoice.paid" if isinstance(told, dict) else told.startswith("WebhookError"), told
    return isinstance(told, dict)


def known_to_libraries(secret: str) -> str:
    """A secret as the libraries want it: they decode whatever they get."""
    return secret if secret.startswith("whsec_") else "whsec_" + base64.b64encode(secret.encode()).decode()


def by_library(secret: str, headers: Mapping[str, str], body: bytes) -> bool:
    try:
        Webhook(known_to_libraries(secret)).verify(body, dict(headers))
    except WebhookVerificationError:
        return False
    return True


def headers(*secrets: str, body: bytes = BODY, late: int = 0) -> dict[str, str]:
    found = signed_headers(body, "evt_1", int(time.time()) - late, secrets)
    return {name.lower(): value for name, value in found.items()}


VERIFIERS = [in_python, pytest.param(in_typescript, marks=[pytest.mark.slow, needs_node]), by_library]


@pytest.mark.parametrize("verify", VERIFIERS)
def test_what_is_genuine(verify: Verify) -> None:
    for secret in (SECRET, OWN):
        assert verify(secret, headers(secret), BODY)
    rotating = headers("another-secret-of-ours", SECRET)
    assert verify(SECRET, rotating, BODY)
    assert verify(SECRET, headers(SECRET, late=290), BODY)


@pytest.mark.parametrize("verify", VERIFIERS)
def test_what_is_not(verify: Verify) -> None:
    anew = json.dumps(json.loads(BODY), ensure_ascii=False, separators=(",", ":")).encode()
    assert anew != BODY
    assert not verify(SECRET, headers(SECRET), anew)
    assert not verify(OWN, headers(SECRET), BODY)
    assert not verify(SECRET, headers(SECRET, late=310), BODY)
    assert not verify(SECRET, headers(SECRET, late=-310), BODY)
    assert not verify(SECRET, headers(SECRET) | {"webhook-id": "evt_2"}, BODY)
    assert not verify(SECRET, {}, BODY)


def by_npm_library(folder: Path, *requests: tuple[str, Mapping[str, str], bytes]) -> list[bool]:
    """Which requests npm's package takes; packages find each other below ``folder``."""
    for package, sha512 in PACKAGES.items():
        place = folder / "node_modules" / package.rpartition("@")[0]
        place.parent.mkdir(parents=True, exist_ok=True)
        place.symlink_to(unpacked(package, sha512))
    asked = [[known_to_libraries(secret), headers, body.decode()] for secret, headers, body in requests]
    script = f"""
        const {{ Webhook, WebhookVerificationError }} = require("standardwebhooks");
        const takes = ([secret, headers, body]) => {{
          try {{ new Webhook(secret).verify(body, headers); return true; }}
          catch (error) {{ if (error instanceof WebhookVerificationError) return false; throw error; }}
        }};
        console.log(JSON.stringify({json.dumps(asked)}.map(takes)));
    """
    command = [str(NODE), "--preserve-symlinks", "-e", script]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True)  # noqa: S603
    found: list[bool] = json.loads(done.stdout)
    return found


def delivered(secret: str) -> list[Post]:
    """The attempts at an event for an endpoint that was down for an hour, the last one now.

    Its secret was changed to `SECRET` in between.
    """
    store, now = FakeStore(), datetime.now(UTC)
    store.keep(an_account(), a_customer())
    posting = Posting(Office(store, now=now - LAST_ATTEMPT), store)
    posting.sender.answers = lambda post: OK if post.at >= now else BROKEN
    webhook = posting.webhook(secret=secret)
    posting.event("invoice.paid", total=1836)
    posting.run(minutes=30)
    day, box = timedelta(hours=24), FakeBox()
    posting.office.run_use_case(lambda uow: rotate_webhook_secret(uow, webhook, SECRET, day, box=box))
    posting.run(hours=1)
    return posting.posts


@needs_node
def test_both_libraries_take_what_is_sent_again_after_an_hour_while_the_secret_rotates(tmp_path: Path) -> None:
    good, bad = [], []
    for secret in (new_webhook_secret("nor this"), OWN):
        first, *_, last = delivered(secret)
        assert first.body == last.body
        fresh = headers(secret)
        good += [(secret, fresh, BODY), (secret, last.headers, last.body), (SECRET, last.headers, last.body)]
        bad += [(secret, first.headers, first.body), (secret, fresh, BODY + b" "), (f"{OWN}?", fresh, BODY)]
    assert [by_library(*each) for each in good + bad] == [True] * len(good) + [False] * len(bad)
    assert by_npm_library(tmp_path, *good, *bad) == [True] * len(good) + [False] * len(bad)


def test_the_guide_says_what_the_library_wants_for_a_secret_of_ones_own() -> None:
    assert f"whsec_{base64.b64encode(OWN.encode()).decode()}" in GUIDE


def test_a_copy_is_right_in_whatever_order_events_come() -> None:
    defined: dict[str, Any] = {}
    exec(code("python", "def apply"), defined)  # noqa: S102
    events = [
        {"data": {"id": f"inv_{number}", "status": f"as of {sequence}"}, "meta": {"sequence": sequence}}
        for number in range(5)
        for sequence in range(1, 9)
    ]
    random = Random(18)
    for _ in range(50):
        invoices: dict[str, Any] = {}
        for event in random.sample(events * 2, len(events) * 2):
            defined["apply"](invoices, event)
        assert {each["status"] for each in invoices.values()} == {"as of 8"}
