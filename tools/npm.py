"""Packages that tools and tests take from npm, pinned by the hash that npm shows for them."""

import base64
import hashlib
import io
import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path

from tools.ministack import FOLDER, CannotRunError

NPM = shutil.which("npm")
"""Where it is; None on a machine without it, on which some tests are skipped."""


class NotFetchedError(CannotRunError):
    """A package is not at hand: npm is missing, or cannot reach its registry."""


def fetched(package: str, sha512: str) -> bytes:
    """The archive of a package such as ``axe-core@4.14.1``; `NotFetchedError`, and exits if it is another one."""
    npm = shutil.which("npm")
    if npm is None:
        raise NotFetchedError("npm is missing")
    with tempfile.TemporaryDirectory() as scratch:
        done = subprocess.run([npm, "pack", "--silent", package], cwd=scratch, check=False, capture_output=True)
        if done.returncode:
            raise NotFetchedError(f"npm could not fetch {package}")
        archive = next(Path(scratch).glob("*.tgz")).read_bytes()
    if base64.b64encode(hashlib.sha512(archive).digest()).decode() != sha512:
        raise SystemExit(f"error: {package} is not the pinned package: compare its hash with what npm shows")
    return archive


def unpacked(package: str, sha512: str) -> Path:
    """The folder of a package, fetched once and kept in .local; fails as `fetched` does."""
    kept = FOLDER / "npm" / package.replace("/", "-")
    if not kept.exists():
        archive = fetched(package, sha512)
        kept.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=kept.parent) as scratch:
            with tarfile.open(fileobj=io.BytesIO(archive)) as content:
                content.extractall(scratch, filter="data")
            # A rename is all or nothing: a run that is interrupted leaves no half of it, and of two at once the first
            # has made it.
            try:
                (Path(scratch) / "package").rename(kept)
            except OSError:
                if not kept.exists():
                    raise
    return kept
