"""The layers as they are built: small enough for Lambda, and with the fonts of all scripts."""

import json
from pathlib import Path

from tests.stories.conftest import Deployment
from tests.template import ROOT, read_template

BUILT = ROOT / ".aws-sam" / "build"
MOST_BYTES = 150_000_000
LAMBDA_ALLOWS = 250 * 2**20


def size_of(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


def test_the_layers_of_each_function_are_within_their_size(deployment: Deployment) -> None:
    layers = {"CoreLayer", *(layer for function in read_template().functions for layer in function.layers)}
    sizes = {layer: size_of(BUILT / layer) for layer in layers}
    assert min(sizes.values()) > 1_000_000
    largest = max(sum(sizes[layer] for layer in {"CoreLayer", *each.layers}) for each in read_template().functions)
    assert largest <= MOST_BYTES < LAMBDA_ALLOWS


def test_what_the_fonts_are_said_to_have_is_what_was_built(deployment: Deployment) -> None:
    said = json.loads((BUILT / "CoreLayer" / "python" / "invoicing" / "domain" / "fonts.json").read_text())
    fonts = {file.name for file in (BUILT / "TypesettingLayer" / "python" / "invoicing_fonts").glob("*.ttf")}
    named = {f"{face['name']}-{weight}.ttf" for face in said for weight in ("regular", "bold") if face[weight]}
    assert named == fonts
    assert {"arabic-regular.ttf", "japanese-bold.ttf", "thai-regular.ttf"} <= fonts
