"""Pages in a real browser, each in a frame of every width, looked at by a script that is not theirs."""

import html
import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tools.npm import NPM, unpacked

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
IN_CI = bool(os.environ.get("CI"))
FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --dump-dom"
)

AXE = "axe-core@4.14.1"
AXE_SHA512 = "FHfa+lmNjQZfJz1q8wKqIDwC6DExcHt/pkjNQb09a3NPjCKg2rhu5qb2S4r76ASyFNNtuFooJpZe37OgudVGtQ=="

needs_chromium = pytest.mark.skipif(CHROMIUM is None and not IN_CI, reason="needs chromium")
needs_chromium_and_npm = pytest.mark.skipif(
    (CHROMIUM is None or NPM is None) and not IN_CI, reason="needs chromium and npm"
)


def seen(pages: Iterable[str], widths: Iterable[int], script: str, folder: Path, *flags: str) -> dict[str, Any]:
    """What a script finds in the frames of the pages; it writes JSON into a ``pre``."""
    widths = tuple(widths)
    frames = "".join(
        f'<iframe style="border:0;width:{width}px;height:3000px" srcdoc="{html.escape(page)}"></iframe>'
        for page in pages
        for width in widths
    )
    file = folder / "frames.html"
    file.write_text(f"<!DOCTYPE html><body>{frames}<script>{script}</script>", encoding="utf-8")
    command = [str(CHROMIUM), *FLAGS.split(), *flags, f"--user-data-dir={folder / 'profile'}", file.as_uri()]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)  # noqa: S603
    found = re.search(r"<pre>(.*)</pre>", done.stdout, re.DOTALL)
    assert found is not None
    return dict(json.loads(html.unescape(found[1])))


@cache
def axe() -> str:
    """The script of axe-core, which finds what keeps people from using a page."""
    return (unpacked(AXE, AXE_SHA512) / "axe.min.js").read_text(encoding="utf-8")
