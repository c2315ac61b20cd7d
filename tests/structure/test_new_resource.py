"""A new resource adds files and edits at most four existing ones: shown by one that is laid over a copy of the project.

new_resource/ has the files that memos add: rules, use case, stored kind, HTTP, functions, sample events and tests. What
they edit is below; generated files are written by their tools. The copy then holds to the structure, and the tests of
memos, and those that look at every operation, pass in it.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.structure.project import project_files
from tests.template import ROOT

OVERLAY = Path(__file__).parent / "new_resource"

FUNCTION = """
  {name}Function:
    Type: AWS::Serverless::Function
    Properties:
      Description: {route}
      CodeUri: functions/memos
      Handler: {handler}.handler
      Policies:
        - Version: "2012-10-17"
          Statement:
            - Effect: Allow
              Action: [dynamodb:UpdateItem]
              Resource: !GetAtt ApiKeysTable.Arn
{statements}
"""
ALLOW = """            - Effect: Allow
              Action: [{actions}]
              Resource: {resource}"""
TABLE = """
  MemosTable:
    Type: AWS::DynamoDB::Table
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties:
      BillingMode: PAY_PER_REQUEST
      DeletionProtectionEnabled: !Ref DeletionProtection
      AttributeDefinitions:
        - {AttributeName: pk, AttributeType: S}
        - {AttributeName: sk, AttributeType: S}
        - {AttributeName: created, AttributeType: S}
      KeySchema:
        - {AttributeName: pk, KeyType: HASH}
        - {AttributeName: sk, KeyType: RANGE}
      GlobalSecondaryIndexes:
        - IndexName: by_created
          KeySchema: [{AttributeName: pk, KeyType: HASH}, {AttributeName: created, KeyType: RANGE}]
          Projection: {ProjectionType: KEYS_ONLY}
      PointInTimeRecoverySpecification: {PointInTimeRecoveryEnabled: true}
      SSESpecification: {SSEEnabled: true}
"""
MEMOS, EVENTS, RECORDS = "!GetAtt MemosTable.Arn", "!GetAtt EventsTable.Arn", "!GetAtt IdempotencyTable.Arn"
CLOCKS = "!GetAtt JobsTable.Arn"
FUNCTIONS = {
    "CreateMemo": (
        "POST /memos",
        [
            (MEMOS, "dynamodb:PutItem"),
            (EVENTS, "dynamodb:PutItem"),
            (CLOCKS, "dynamodb:ConditionCheckItem"),
            (RECORDS, "dynamodb:PutItem, dynamodb:GetItem"),
        ],
    ),
    "GetMemo": ("GET /memos/{memo_id}", [(MEMOS, "dynamodb:GetItem")]),
    "ListMemos": (
        "GET /memos",
        [(MEMOS, "dynamodb:BatchGetItem"), ("!Sub ${MemosTable.Arn}/index/by_created", "dynamodb:Query")],
    ),
}


def _functions() -> str:
    found = []
    for name, (route, allowed) in FUNCTIONS.items():
        handler = "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name).lstrip("_")
        statements = "\n".join(ALLOW.format(actions=actions, resource=resource) for resource, actions in allowed)
        found.append(FUNCTION.format(name=name, route=route, handler=handler, statements=statements))
    return "".join(found)


def edit_template(text: str) -> str:
    banner = f"\n  # {' Memos ':─^90}\n"
    pages = text.index("\n  # ─", text.index("Handler: void_invoice.handler"))
    text = text[:pages] + banner + _functions() + text[pages:]
    text = text.replace("        EVENTS_TABLE:", "        MEMOS_TABLE: !Ref MemosTable\n        EVENTS_TABLE:")
    events = text.index("\n  EventsTable:")
    return text[:events] + TABLE + text[events:]


def edit_registry(text: str) -> str:
    line = '    "invoicing.domain.memos.memo.Memo": "memos",\n'
    return text.replace('    "invoicing.domain.money', line + '    "invoicing.domain.money', 1)


def edit_changelog(text: str) -> str:
    return text.replace("### Added\n", "### Added\n\n- Memos.\n", 1)


def edit_reference(text: str) -> str:
    rows = (
        "| [Create a memo](memos.md) | `POST /memos` | `memos:write` |\n"
        "| [Retrieve a memo](memos.md) | `GET /memos/{memo_id}` | `memos:read` |\n"
        "| [List memos](memos.md) | `GET /memos` | `memos:read` |\n"
    )
    row = text.index("| [Void an invoice](")
    return text[:row] + rows + text[row:]


EDITS: dict[str, Callable[[str], str]] = {
    "template.yaml": edit_template,
    "layers/core/invoicing/storage/kinds/__init__.py": edit_registry,
    "CHANGELOG.md": edit_changelog,
    "docs/reference/README.md": edit_reference,
}
GENERATED = ("tools.routes", "tools.openapi", "tools.errors")


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project with memos."""
    target = tmp_path_factory.mktemp("project")
    for file in project_files():
        if OVERLAY not in file.parents:
            (target / file.relative_to(ROOT)).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(file, target / file.relative_to(ROOT))
    for file in (path for path in OVERLAY.rglob("*") if path.is_file() and "__pycache__" not in path.parts):
        added = target / file.relative_to(OVERLAY)
        assert not added.exists(), f"{added} is no new file"
        added.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(file, added)
    for name, edit in EDITS.items():
        before = (target / name).read_text()
        after = edit(before)
        assert after != before, name
        (target / name).write_text(after)
    for tool in GENERATED:
        _run(target, tool)
    return target


def _run(folder: Path, *arguments: str) -> None:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-m", *arguments], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout[-5000:] + done.stderr[-2000:]


def test_it_edits_at_most_four_files() -> None:
    assert len(EDITS) <= 4


STRUCTURE = (
    "one_to_one",
    "kinds",
    "template",
    "layers",
    "openapi",
    "openapi_words",
    "errors_page",
    "key_check",
    "readable",
)


@pytest.mark.nightly
@pytest.mark.parametrize(
    ("files", "words"),
    [
        ([f"tests/structure/test_{name}.py" for name in STRUCTURE], ""),
        (["tests/functions/memos", "tests/operations/memos"], ""),
        (["tests/structure/test_sample_events.py"], "memo"),
        (["tests/storage/kinds/test_records.py"], "Memo"),
        (["tests/structure/test_cold_start.py"], ""),
        (["tests/functions/test_every_operation_refuses.py"], "memo"),
        (["tests/functions/test_error_table.py"], "MEMO or every"),
        (["tests/functions/test_cost.py"], "memo or every"),
    ],
    ids=lambda value: value if isinstance(value, str) else value[0].rpartition("/")[2],
)
def test_the_project_holds_with_it(copy: Path, files: list[str], words: str) -> None:
    _run(copy, "pytest", "-q", "-m", "", "--no-header", "-p", "no:cacheprovider", "-k", words, *files)
