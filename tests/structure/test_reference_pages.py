"""The pages of the reference say of each operation and of ids what the code says, and list all their sections."""

import re
from pathlib import Path
from typing import Any

import pytest

from invoicing.api.app import ApiApp
from invoicing.domain.access.resources import RESOURCES
from tests.structure.project import python_files
from tests.template import ROOT
from tools.openapi import operations

PAGES = sorted((ROOT / "docs/reference").glob("*.md"))
LONGEST_LINE = 249
"""Characters of a line outside tables."""

INTERNAL_IDS = {"ntc", "rem"}
"""Prefixes of ids that clients never see: of notices and reminder e-mails."""

_HEADING = re.compile(r"`(GET|POST|PUT|PATCH|DELETE) (/[^`]*)` · (.*)")
_CONTENTS = re.compile(r"^- \[.+\]\(#(.+)\)$", re.MULTILINE)


def prose(page: Path) -> str:
    """A page without its blocks of code."""
    return re.sub(r"^```.*?^```", "", page.read_text(), flags=re.MULTILINE | re.DOTALL)


def anchor(heading: str) -> str:
    return re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")


def said(page: Path) -> dict[tuple[str, str], str]:
    """The first line of each operation on a page, after its method and path without names."""
    lines = map(_HEADING.fullmatch, prose(page).splitlines())
    return {(line[1], _unnamed(line[2])): line[3] for line in lines if line}


def _unnamed(path: str) -> str:
    return re.sub(r"\{\w+\}", "{}", path.partition("?")[0])


def declared(app: ApiApp[Any]) -> str:
    """The first line that an operation should have."""
    statuses = " or ".join(map(str, app.declared["answers"]))
    return f"{statuses} · scope `{app.scope}`" + (" · `If-Match`" if app.declared.get("if_match") else "")


def test_each_operation_has_a_line_with_its_status_scope_and_if_match() -> None:
    lines = {operation: line for page in PAGES for operation, line in said(page).items()}
    apps = {(each.app.method, _unnamed(each.app.path)): each.app for each in operations() if each.app.scope}
    assert {operation: lines.get(operation) for operation in apps} == {
        operation: declared(app) for operation, app in apps.items()
    }
    assert {operation for operation, line in lines.items() if "scope" in line} == apps.keys()


def test_every_prefix_of_ids_is_listed() -> None:
    made = {prefix for path in python_files("layers") for prefix in re.findall(r'new_id\("([a-z]+)"', path.read_text())}
    listed = set(re.findall(r"`([a-z]+)_` \|", (ROOT / "docs/reference/conventions.md").read_text()))
    assert listed == made - INTERNAL_IDS


def test_every_resource_of_scopes_is_listed() -> None:
    line = re.search(r"^The resources are (.+)\.$", (ROOT / "docs/reference/account.md").read_text(), re.MULTILINE)
    assert line
    assert tuple(re.findall(r"`(\w+)`", line[1])) == RESOURCES


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_contents_are_complete_and_lines_are_short(page: Path) -> None:
    text = prose(page)
    before, *sections = re.split(r"^## ", text, flags=re.MULTILINE)
    if contents := _CONTENTS.findall(before):
        assert contents == [anchor(section.partition("\n")[0]) for section in sections if section[0] != "#"]
    assert [line for line in text.splitlines() if len(line) > LONGEST_LINE and line[0] != "|"] == []
