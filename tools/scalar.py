"""Fetches Scalar's API reference from npm into functions/reference, which serves it to GET /docs.

After a change of version, take the hash that npm shows, `npm view @scalar/api-reference@… dist.integrity`, and look at
the page: it must load nothing from elsewhere.
"""

import gzip
import io
import sys
import tarfile

from tools import npm

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
    with tarfile.open(fileobj=io.BytesIO(npm.fetched(PACKAGE, SHA512))) as content:
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
