"""Cut the fonts of documents from their packages, each to the characters of its script.

    python -m tools.fonts.build

writes the fonts that lie in the repository to ``layers/typesetting/invoicing_fonts``, and which characters they have to
``layers/core/invoicing/domain/fonts.json``. The same packages give the same bytes. All others are made when the layers
are built, and kept in .cache/fonts under the hash of what they are made from.
"""

import hashlib
import io
import json
import sys
import tarfile
import tempfile
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import uharfbuzz as hb

from tools import npm
from tools.fonts import sources
from tools.fonts.sources import SOURCES, Characters, Source

ROOT = Path(__file__).resolve().parents[2]
KEPT = ROOT / "layers" / "typesetting" / "invoicing_fonts"
CHARACTERS = ROOT / "layers" / "core" / "invoicing" / "domain" / "fonts.json"
PACKAGES = Path(__file__).with_name("packages.json")
WEIGHTS = {"regular": "400Regular", "bold": "600SemiBold"}

# What fpdf2 does not embed; a kerned or ligated line would be longer than the sum of its characters.
_LAYOUT = ("GDEF", "GPOS", "GSUB", "kern")
_UNUSED = ("BASE", "DSIG", "MATH", "STAT", "VDMX", "VORG", "gasp", "hdmx", "meta", "vhea", "vmtx")


def main() -> None:
    """Make the fonts of the repository."""
    for font in KEPT.glob("*.ttf"):
        font.unlink()
    faces = make([source for source in SOURCES if source.kept], KEPT)
    CHARACTERS.write_text(json.dumps(faces, indent=1) + "\n")


def built() -> Path | None:
    """The folder of all fonts and their ``fonts.json``; None, and a line that says so, where npm cannot fetch them."""
    key = hashlib.sha256()
    for part in (PACKAGES, Path(sources.__file__), Path(__file__)):
        key.update(part.read_bytes())
    cached = ROOT / ".cache" / "fonts" / key.hexdigest()[:16]
    if cached.exists():
        return cached
    cached.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=cached.parent) as scratch:
        folder = Path(scratch) / "fonts"
        folder.mkdir()
        try:
            (folder / "fonts.json").write_text(json.dumps(make(SOURCES, folder)))
        except npm.NotFetchedError as error:
            missing = ", ".join(source.name for source in SOURCES if not source.kept)
            print(f"{error}: documents cannot show these scripts, and say so: {missing}", file=sys.stderr)
            return None
        # Another build may be at the same: whoever is first has made it.
        try:
            folder.replace(cached)
        except OSError:
            if not cached.exists():
                raise
    return cached


def make(wanted: Sequence[Source], folder: Path) -> list[dict[str, Any]]:
    """Write the fonts of faces; return which characters each has."""
    faces = []
    taken: set[int] = set()
    for source in wanted:
        face: dict[str, Any] = {"name": source.name, "shaped": source.shaped}
        for weight, characters in (("regular", source.regular), ("bold", source.bold)):
            wanted_here = characters - taken if source.rest and characters else characters
            found = _cut(source, weight, wanted_here, folder)
            taken |= found
            face[weight] = _written(found)
        faces.append(face)
    _copy_licences(folder, {source.package for source in wanted})
    return faces


def _cut(source: Source, weight: str, characters: Characters | None, folder: Path) -> set[int]:
    """Write a font of the wanted characters, if there are any; return those that it has."""
    if characters is not None and not characters:
        return set()
    face = hb.Face(_package(source.package)[f"package/{WEIGHTS[weight]}/{source.family}_{WEIGHTS[weight]}.ttf"])
    found = set(face.unicodes)
    if characters is None:
        found -= sources.LATIN - sources.SPACES
    else:
        found &= characters
    wanted = hb.SubsetInput()
    wanted.flags = hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.NOTDEF_OUTLINE
    wanted.unicode_set.update(found)
    unused = _UNUSED if source.shaped else (*_UNUSED, *_LAYOUT)
    wanted.drop_table_tag_set.update(int.from_bytes(tag.encode("ascii")) for tag in unused)
    (folder / f"{source.name}-{weight}.ttf").write_bytes(hb.subset(face, wanted).blob.data)
    return found


def _written(codes: set[int]) -> str:
    """Write code points as ranges of hexadecimal numbers, ``41-5a 61``."""
    ordered = sorted(codes)
    starts = [code for before, code in pairwise([-2, *ordered]) if code != before + 1]
    ends = [code for code, after in pairwise([*ordered, sys.maxunicode + 2]) if after != code + 1]
    return " ".join(f"{s:x}" if s == e else f"{s:x}-{e:x}" for s, e in zip(starts, ends, strict=True))


def _copy_licences(folder: Path, packages: set[str]) -> None:
    texts = {_package(name)[path] for name in sorted(packages) for path in _package(name) if "LICENSE_FONT" in path}
    (folder / "OFL.txt").write_bytes(b"\n\n".join(sorted(texts)))


@cache
def _package(name: str) -> dict[str, bytes]:
    """The files of a package by path; fails as `npm.fetched` does."""
    full = f"@expo-google-fonts/{name}"
    pin = json.loads(PACKAGES.read_text())[full]
    archive = npm.fetched(f"{full}@{pin['version']}", pin["integrity"].removeprefix("sha512-"))
    with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
        return {item.name: tar.extractfile(item).read() for item in tar if _is_needed(item)}  # type: ignore[union-attr]


def _is_needed(item: tarfile.TarInfo) -> bool:
    return item.isfile() and (item.name.split("/")[1] in WEIGHTS.values() or "LICENSE" in item.name)


if __name__ == "__main__":
    main()
