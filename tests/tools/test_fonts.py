"""Fonts are cut from the pinned packages; a machine that cannot fetch them says which scripts are missing."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tools.fonts import build


@pytest.fixture
def empty_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A project without fonts of further scripts, and a folder for programs that alone is searched."""
    programs = tmp_path / "bin"
    programs.mkdir()
    monkeypatch.setattr(build, "ROOT", tmp_path)
    monkeypatch.setenv("PATH", str(programs))
    build._package.cache_clear()
    yield programs
    build._package.cache_clear()


def npm(folder: Path, script: str) -> None:
    program = folder / "npm"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)


def test_without_npm_the_missing_scripts_are_named(empty_cache: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert build.built() is None
    assert "npm is missing: documents cannot show these scripts" in capsys.readouterr().err


def test_an_npm_without_a_registry_is_no_error(empty_cache: Path, capsys: pytest.CaptureFixture[str]) -> None:
    npm(empty_cache, "exit 1")
    assert build.built() is None
    said = capsys.readouterr().err
    assert "npm could not fetch @expo-google-fonts/noto-sans" in said
    assert "arabic" in said
    assert "greek" not in said
    assert not list((empty_cache.parent / ".cache" / "fonts").iterdir())


def test_another_package_than_the_pinned_one_is_refused(empty_cache: Path) -> None:
    npm(empty_cache, "echo other > package.tgz")
    with pytest.raises(SystemExit, match="is not the pinned package"):
        build.built()
