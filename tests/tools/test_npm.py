"""Packages from npm are the pinned ones, and there once, however many processes ask for them at once."""

import base64
import hashlib
import io
import tarfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

from tools import npm

PACKAGE = "@scope/name@1.0.0"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where packages are kept, and an npm that has one of them."""
    monkeypatch.setattr(npm, "FOLDER", tmp_path / "kept")
    program = tmp_path / "npm"
    program.write_text(f"#!/bin/sh\ncp {tmp_path}/archive name-1.0.0.tgz\n")
    program.chmod(0o755)
    (tmp_path / "archive").write_bytes(_archive())
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    return tmp_path


def _archive() -> bytes:
    written = io.BytesIO()
    with tarfile.open(fileobj=written, mode="w:gz") as archive:
        member = tarfile.TarInfo("package/index.js")
        member.size = len(b"1;\n")
        archive.addfile(member, io.BytesIO(b"1;\n"))
    return written.getvalue()


def sha512(folder: Path) -> str:
    return base64.b64encode(hashlib.sha512((folder / "archive").read_bytes()).digest()).decode()


def test_those_that_ask_at_once_have_the_same_folder(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fetched, all_have_fetched = npm.fetched, Barrier(4, timeout=60)

    def fetched_at_once(package: str, sha512: str) -> bytes:
        archive = fetched(package, sha512)
        all_have_fetched.wait()
        return archive

    monkeypatch.setattr(npm, "fetched", fetched_at_once)
    with ThreadPoolExecutor(4) as pool:
        folders = list(pool.map(lambda _: npm.unpacked(PACKAGE, sha512(folder)), range(4)))
    assert set(folders) == {folder / "kept" / "npm" / "@scope-name@1.0.0"}
    assert [file.name for file in folders[0].iterdir()] == ["index.js"]
    assert [kept.name for kept in folders[0].parent.iterdir()] == ["@scope-name@1.0.0"]


def test_it_is_fetched_once(folder: Path) -> None:
    first = npm.unpacked(PACKAGE, sha512(folder))
    (folder / "npm").write_text("#!/bin/sh\nexit 1\n")
    assert npm.unpacked(PACKAGE, "another") == first


def test_another_package_than_the_pinned_one_is_refused(folder: Path) -> None:
    with pytest.raises(SystemExit, match=r"@scope/name@1\.0\.0 is not the pinned package"):
        npm.unpacked(PACKAGE, sha512(folder)[::-1])
    assert not (folder / "kept").exists()


def test_an_npm_that_fails_says_what_it_could_not_fetch(folder: Path) -> None:
    (folder / "npm").write_text("#!/bin/sh\nexit 1\n")
    with pytest.raises(npm.NotFetchedError, match=r"npm could not fetch @scope/name@1\.0\.0"):
        npm.unpacked(PACKAGE, sha512(folder))


def test_a_machine_without_npm_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(npm.NotFetchedError, match="npm is missing"):
        npm.fetched(PACKAGE, "")
