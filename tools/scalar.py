"""Fetches Scalar's API reference from npm into functions/reference, which serves it to GET /docs.

After a change of version, take the hash that npm shows, `npm view @scalar/api-reference@… dist.integrity`, and look at
the page: it must load nothing from elsewhere.
"""

import base64
import gzip
import hashlib
import io
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

from tools.openapi import ROOT  # isort: skip  # makes the package invoicing importable
from invoicing.api.docs_page import SCALAR

FILE = ROOT / "functions" / "reference" / "scalar.js.gz"
PACKAGE = f"@scalar/api-reference@{SCALAR}"
SHA512 = "XpEJ0rfc/cXbCrR+iC4kK0o/WwX2dTtGQbT049OlPKAHD6IMIFdTeGz2r+M27P2EDWKyUITRm/NzlP8z2pw/Ow=="
"""The hash of the package, as npm shows it."""
SHA256 = "bf091006bdc3af6067af77c2f534812e3e633e94a94e87138069f570f33b762c"
"""The hash of the script in it."""


def fetched() -> bytes:
    """Return the script of the pinned package; `SystemExit` when npm gives another one."""
    with tempfile.TemporaryDirectory() as scratch:
        subprocess.run([shutil.which("npm") or "npm", "pack", "--silent", PACKAGE], cwd=scratch, check=True)
        archive = next(Path(scratch).glob("*.tgz")).read_bytes()
    if base64.b64encode(hashlib.sha512(archive).digest()).decode() != SHA512:
        raise SystemExit(f"error: not the pinned {PACKAGE}: compare SHA512 in tools/scalar.py with what npm shows")
    with tarfile.open(fileobj=io.BytesIO(archive)) as content:
        script = content.extractfile("package/dist/browser/standalone.js")
        if script is None:
            raise SystemExit(f"error: {PACKAGE} has no dist/browser/standalone.js")
        return script.read()


def main() -> int:
    """Write the script, compressed."""
    FILE.write_bytes(gzip.compress(fetched(), 9, mtime=0))
    return 0


if __name__ == "__main__":
    sys.exit(main())
