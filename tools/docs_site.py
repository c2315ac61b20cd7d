"""Prepares the pages of docs/ for the site: files of the repository that they link to come along, as text.

`make docs` builds the site from .cache/docs, where MkDocs looks at every link and anchor.
"""

import os
import re
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / ".cache" / "docs"
LINK = re.compile(r"\]\(((?:\.\./)+[^)#\s]+)(?:#[^)\s]*)?\)")


def prepare(root: Path, target: Path) -> None:
    """Copy docs/ of a repository to an empty folder; `FileNotFoundError` for a link that leads nowhere."""
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(root / "docs", target)
    for page in target.rglob("*.md"):
        page.write_text(_with_sources(page.read_text(), root, page.relative_to(target), target))


def _with_sources(text: str, root: Path, page: Path, target: Path) -> str:
    """Return a page with links to copies of what is outside of docs/."""

    def link(match: re.Match[str]) -> str:
        linked = Path(os.path.normpath(root / "docs" / page.parent / match[1]))
        if linked.is_relative_to(root / "docs"):
            return match[0]
        copy = Path("source") / linked.relative_to(root)
        if copy.suffix == ".md":
            copy = copy.with_suffix(".md.txt")  # a page of its own would bring its own links
        (target / copy).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(linked, target / copy)
        return f"]({os.path.relpath(copy, page.parent)})"

    return LINK.sub(link, text)


def main() -> int:
    """Prepare the pages of this repository."""
    prepare(ROOT, TARGET)
    return 0


if __name__ == "__main__":
    sys.exit(main())
