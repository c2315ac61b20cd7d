"""Every command of the README and the guide is run as it is printed, or checked where it is not for the API.

bash and curl run those for the API, in the order of the page, against the real handlers on the AWS of this process.
Each request must succeed, unless the page shows an error; and what the page shows below is what the last one answers,
but for ids, tokens, hosts and times of day. Other commands are checked: targets and variables of make exist, and AWS
knows the operations and parameters of its commands. What SAM does, the stories run.
"""

import os
import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from botocore import xform_name
from botocore.session import Session

from invoicing import exact_json
from invoicing.wiring import wiring
from tests.aws import Aws
from tests.functions.local_api import LocalApi, catch_up, local_api
from tests.http import a_key, call, request
from tests.pictures import LOGO
from tests.template import ROOT
from tools.quick_start import CUSTOMER

PAGES = [ROOT / "README.md", *sorted((ROOT / "docs" / "guide").glob("*.md"))]
GETTING_STARTED = ROOT / "docs" / "guide" / "getting-started.md"
DAY = datetime(2026, 11, 26, 9, tzinfo=UTC)
"""When the pages were written: their dates, where no test clock says others, are of this day."""
STOPPED = ".000Z"
"""How the instants of a test clock end: they are the same in each run."""
TOOLS = ("bash", "cat", "curl", "jq", "tee")
"""What the commands of a page may run."""
CLI_NAMES = {"notification-endpoint": "endpoint"}
"""Options that the AWS CLI names otherwise than the API."""
NOT_FOR_THE_API = ("aws", "cd", "git", "make", "npm", "pip", "rm", "sam")
BASH = shutil.which("bash") or "bash"
MISSING = [tool for tool in TOOLS if not shutil.which(tool)]

Block = tuple[str, str]

needs_tools = pytest.mark.skipif(bool(MISSING) and not os.environ.get("CI"), reason=f"needs {', '.join(MISSING)}")


def blocks(text: str) -> list[Block]:
    """Language and text of each fenced block."""
    return re.findall(r"^```(\w*)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def begins_after_getting_started(page: Path) -> bool:
    """Whether a page says that it begins after the first three steps of Getting started."""
    return "egin with [Getting started](getting-started.md), steps 1 to 3" in page.read_text()


def is_for_the_api(block: Block) -> bool:
    language, text = block
    return language == "bash" and text.split()[0] not in NOT_FOR_THE_API


def commands() -> Iterator[list[str]]:
    """The words of each command that is not for the API."""
    for page in PAGES:
        for language, text in blocks(page.read_text()):
            if language == "bash" and not is_for_the_api((language, text)):
                for line in text.replace("\\\n", " ").strip().splitlines():
                    yield shlex.split(line, comments=True)


@pytest.fixture
def api(aws: Aws, queue: None) -> Iterator[LocalApi]:
    started = datetime.now(UTC)
    vars(wiring())["services"] = replace(wiring().services, clock=lambda: DAY + (datetime.now(UTC) - started))
    with local_api() as api:
        yield api


@pytest.fixture
def terminal(api: LocalApi, tmp_path: Path) -> Path:
    """A folder in which commands run, with what `make run` leaves there."""
    key = a_key(name="Demo Ltd")
    assert call("customers/create_customer", request("POST", "/customers", CUSTOMER, key=key)).status == 201
    (tmp_path / ".local").mkdir()
    (tmp_path / ".local/env").write_text(f"INVOICING_URL={api.url}\nINVOICING_API_KEY={key}\n")
    (tmp_path / "variables").write_text((tmp_path / ".local/env").read_text())
    (tmp_path / "bin").mkdir()
    for tool in TOOLS:
        (tmp_path / "bin" / tool).symlink_to(str(shutil.which(tool)))
    return tmp_path


def run(text: str, folder: Path) -> None:
    """Run a block as it is; its variables stay for the next one."""
    script = f"set -euo pipefail; set -a; source variables\n{text}\nexport -p > variables"
    done = subprocess.run(  # noqa: S603
        [BASH, "-c", script],
        cwd=folder,
        env={"PATH": str(folder / "bin")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"{text}\n{done.stdout}\n{done.stderr}"


@needs_tools
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_commands_do_what_the_page_says(page: Path, aws: Aws, api: LocalApi, terminal: Path) -> None:
    told: set[str] = set()
    if begins_after_getting_started(page):
        for block in blocks(GETTING_STARTED.read_text().partition("## 4.")[0]):
            if is_for_the_api(block):
                run(block[1], terminal)
    (terminal / "logo.png").write_bytes(LOGO)
    for block, (language, shown) in pairwise([*blocks(page.read_text()), ("", "")]):
        if not is_for_the_api(block):
            continue
        before = len(api.answers)
        run(block[1], terminal)
        catch_up(aws, told)
        answers = api.answers[before:]
        expected = exact_json.loads(shown.encode()) if language == "json" else {}
        failed = [answer.body for answer in answers if answer.status >= 400]
        assert len(failed) == ("error" in expected), f"{block[1]}\n{failed}"
        if expected.keys() & {"data", "error"}:
            differs = difference(expected, answers[-1].json, page.stem)
            assert differs is None, f"{block[1]}\n{differs}\n{answers[-1].body.decode()}"


def difference(shown: Any, real: Any, where: str) -> str | None:
    """Where an answer is not what is shown, which may leave out members of objects; None if there is no such place."""
    if isinstance(shown, dict) and isinstance(real, dict):
        pairs = [(shown[name], real.get(name, "(missing)"), f"{where}.{name}") for name in shown]
    elif isinstance(shown, list) and isinstance(real, list) and len(shown) == len(real):
        pairs = [(*pair, f"{where}[{place}]") for place, pair in enumerate(zip(shown, real, strict=True))]
    elif isinstance(shown, str) and isinstance(real, str):
        same = shown == real or (not shown.endswith(STOPPED) and settled(shown) == settled(real))
        return None if same else f"{where}: {shown!r} is shown, {real!r} is true"
    else:
        return None if shown == real else f"{where}: {shown!r} is shown, {real!r} is true"
    return next(filter(None, (difference(*pair) for pair in pairs)), None)


def settled(text: str) -> str:
    """A text without what is different in each run."""
    text = re.sub(r"https?://\S*?/(?=invoices/|customers/|i/|c/)", "", text)
    text = re.sub(r"(?<=_)[0-9a-f]{32}|(?<=/)[\w-]{32}\b", "…", text)
    return re.sub(r"T\d\d:\d\d:\d\d\.\d{3}Z", "", text)


def test_targets_and_variables_of_make_exist() -> None:
    makefile = (ROOT / "Makefile").read_text()
    in_text = [
        each.split() for page in PAGES for each in re.findall(r"`(make(?: [^`]+)?)`", page.read_text())
    ]  # fmt: skip
    called = [words for words in (*commands(), *in_text) if words[0] == "make"]
    assert len(called) > 10
    for _, *arguments in called:
        for each in re.findall(r"^[a-z-]+$|\b[A-Z_]+(?==)", "\n".join(arguments), re.MULTILINE):
            wanted = rf"^{each}:" if each.islower() else rf"\$[$({{]+{each}\b|^{each} \?="
            assert re.search(wanted, makefile, re.MULTILINE), (each, arguments)


def test_aws_knows_its_commands() -> None:
    """Operations and parameters have the names of AWS's own descriptions, and none that is required is left out."""
    called = [words for words in commands() if words[0] == "aws"]
    assert called
    for _, service, operation, *arguments in called:
        model = Session().get_service_model(service.replace("s3api", "s3"))
        (name,) = [each for each in model.operation_names if xform_name(each, "-") == operation]
        shape = model.operation_model(name).input_shape
        assert shape is not None
        options = {word.removeprefix("--") for word in arguments if word.startswith("--")}
        options = {CLI_NAMES.get(option, option) for option in options}
        known: Mapping[str, str] = {xform_name(each, "-"): each for each in shape.members}
        assert options - {"region", "query", "output"} <= known.keys(), (operation, options - known.keys())
        assert {known[each] for each in options & known.keys()} >= set(shape.required_members), operation


def test_other_commands_are_known() -> None:
    languages = {language for page in PAGES for language, _ in blocks(page.read_text())}
    assert languages & {"console", "sh", "shell"} == set(), "commands are in blocks of bash"
    assert {words[0] for words in commands() if words} <= set(NOT_FOR_THE_API)
