"""Writes the preset dictionary of the item codec from samples of all that is packed; with --check it only compares.

Run it when stored fields change, until the first release: what is packed from then on is unpacked with that dictionary
only.
"""

import argparse
import re
import sys
import zlib
from collections.abc import Iterator
from typing import Any

from tools.item_samples import samples  # isort: skip  # makes the package invoicing importable
from invoicing.storage.dynamodb import item_dictionary
from invoicing.storage.kinds import record_of
from tools.openapi import ROOT

FILE = ROOT / "layers" / "core" / "invoicing" / "storage" / "dynamodb" / "item_dictionary.py"
HEAD = '''"""The preset dictionary of the item codec: texts that stored documents have in common, the most common last.

Written by `python -m tools.item_dictionary`: do not edit. It is what the documents look like, without their values: a
document then costs its values and little more, a third to a half of its bytes. What was packed with it is unpacked with
it only, so **from the first release on it never changes**; fields that come later are packed as any other text.
"""
'''

MOST_BYTES = 16_000
"""What the codec's compressor looks back at, less the 262 bytes that zlib keeps for itself."""

_HASH = re.compile(rb'"[0-9a-f]{64}"')
"""A content hash, which no two documents have in common."""

_WIDTH = 92


def packed_texts(entity: Any) -> Iterator[bytes]:
    """Yield the JSON texts that are packed into the item of an entity, the longest last."""
    item = record_of(type(entity)).of(entity)
    for packed in sorted((value["B"] for value in item.values() if "B" in value), key=len):
        yield zlib.decompressobj(zdict=item_dictionary.DICTIONARY).decompress(packed)


def dictionary() -> list[bytes]:
    """Make the texts of the dictionary from the samples; `ValueError` when they are too long to be used as a whole."""
    texts = [_HASH.sub(b'""', text) for entity in samples() for text in packed_texts(entity)]
    if (length := sum(map(len, texts))) > MOST_BYTES:
        raise ValueError(f"the dictionary has {length} bytes, more than {MOST_BYTES}: leave out a sample")
    return texts


def written(texts: list[bytes]) -> str:
    """Write the module with a dictionary of these texts."""
    parts = [text[start : start + _WIDTH] for text in texts for start in range(0, len(text), _WIDTH)]
    lines = "".join(f"    {part!r}\n" for part in parts)
    return f"{HEAD}\n# fmt: off\nDICTIONARY = (\n{lines})\n"


def main() -> int:
    """Write the module, or with --check exit 1 when it is stale."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--check", action="store_true", help="write nothing; exit 1 when the module is stale")
    text = written(dictionary())
    if not arguments.parse_args().check:
        FILE.write_text(text)
    elif FILE.read_text() != text:
        print("error: the item dictionary is stale: run python -m tools.item_dictionary", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
