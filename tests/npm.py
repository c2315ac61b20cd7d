"""Programs and scripts that tests take from npm, pinned by the hash of their package and kept in .local."""

import base64
import hashlib
import io
import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path

from tools.ministack import FOLDER

NPM = shutil.which("npm")


def unpacked(package: str, sha512: str) -> Path:
    """The folder of a package such as ``axe-core@4.14.1``; `AssertionError` when it is not the pinned one."""
    kept = FOLDER / "npm" / package.replace("/", "-")
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=kept.parent) as scratch:
            subprocess.run([str(NPM), "pack", "--silent", package], cwd=scratch, check=True)  # noqa: S603
            archive = next(Path(scratch).glob("*.tgz")).read_bytes()
            assert base64.b64encode(hashlib.sha512(archive).digest()).decode() == sha512, f"not the pinned {package}"
            with tarfile.open(fileobj=io.BytesIO(archive)) as content:
                content.extractall(scratch, filter="data")
            # A rename is all or nothing: a run that is interrupted leaves no half of it.
            (Path(scratch) / "package").replace(kept)
    return kept
