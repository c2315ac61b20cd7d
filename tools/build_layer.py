"""Builds one Lambda layer: locked wheels for Lambda's platform and our package, trimmed and compiled.

`sam build` calls it through the layer's Makefile. What comes from the lock file is kept in .cache/layers under the
hash of everything it is made of, so that only the first build installs anything.
"""

import compileall
import gzip
import hashlib
import importlib
import json
import os
import pickle
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from py_compile import PycInvalidationMode
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tools.fonts import build as build_fonts  # noqa: E402 - `sam build` runs this file in a layer's folder

PACKAGES = {"core": "invoicing", "documents": "invoicing_documents", "typesetting": "invoicing_fonts"}
PLATFORM = "x86_64-manylinux_2_28"

# botocore carries the description of every AWS service, 30 MB that each function would unpack.
SERVICES = {"dynamodb", "events", "kms", "s3", "ses", "sqs", "sts"}
ENDPOINTS = {*SERVICES, "email"}  # what SES is called there
BOTOCORE_DATA = {"_retry.json", "endpoints.json", "partitions.json", "sdk-default-configuration.json", *SERVICES}
FORMATS = {"currency_formats", "date_formats", "decimal_formats", "number_symbols", "percent_formats"}
"""What documents need of a locale of Babel whose language they are not written in."""

UNUSED = [
    "bin", "share", "**/__pycache__", "**/tests", "**/*.pyi", "**/py.typed", "**/*.dist-info/RECORD",
    "**/*.c", "**/*.cpp", "**/*.pyx", "**/*.pxd",
    # Of Pillow what reads images; it draws no text.
    *(f"PIL/_{name}*" for name in ("avif", "imagingft", "imagingtk", "webp")), *(f"pillow.libs/lib{name}*" for name in (
        "avif", "brotli", "freetype", "harfbuzz", "png", "sharpyuv", "webp",
    )),
    # Of Powertools the logger, metrics and batches are used; of fontTools nothing that makes or converts whole fonts.
    "dns",  # of email-validator, which never asks it here
    "aws_lambda_powertools/event_handler", *(
        f"aws_lambda_powertools/utilities/{name}" for name in (
            "auth_alpha", "circuit_breaker", "data_masking", "feature_flags", "idempotency", "kafka", "parameters",
            "streaming", "validation",
        )
    ),
    *(f"fontTools/{name}" for name in ("cu2qu", "diff", "merge", "mtiLib", "qu2cu", "t1Lib", "ufoLib", "voltLib")),
    "fontTools/**/*.so",  # its Python does the same, and documents need none of it
    "uharfbuzz/_harfbuzz_test*",
]  # fmt: skip


def build(layer: str, artifacts: Path) -> None:
    target = artifacts / "python"
    shutil.copytree(_dependencies(layer), target, dirs_exist_ok=True)
    package = PACKAGES[layer]
    shutil.copytree(ROOT / "layers" / layer / package, target / package, ignore=shutil.ignore_patterns("__pycache__"))
    if layer == "documents":
        # With the layer's own Jinja2; what is imported meanwhile leaves no bytecode of another kind.
        sys.path[:0], sys.dont_write_bytecode = [str(target)], True
        importlib.import_module(f"{package}.html_templates").compile_templates(target / package)
    _add_fonts(layer, target / package)
    _compile(target / package)


def _add_fonts(layer: str, package: Path) -> None:
    """Add the fonts that do not lie in the repository, and say which characters there are; nothing without npm."""
    if layer == "documents" or (fonts := build_fonts.built()) is None:
        return
    if layer == "core":
        shutil.copy(fonts / build_fonts.CHARACTERS.name, package / "domain")
    else:
        shutil.copytree(fonts, package, dirs_exist_ok=True, ignore=shutil.ignore_patterns("*.json"))


def _dependencies(layer: str) -> Path:
    """The installed and trimmed requirements of a layer, from the cache where they are there."""
    requirements = ROOT / "layers" / layer / "requirements.txt"
    languages = _languages() if layer == "documents" else []
    key = hashlib.sha256()
    for part in (requirements.read_bytes(), Path(__file__).read_bytes(), json.dumps(languages).encode()):
        key.update(part)
    cached = ROOT / ".cache" / "layers" / f"{layer}-{key.hexdigest()[:16]}"
    if not cached.exists():
        cached.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=cached.parent) as scratch:
            made = Path(scratch) / "python"
            _install(requirements, made)
            _trim(made, languages)
            if layer == "core":
                _trim_botocore(made / "botocore" / "data")
            _compile(made)
            # A rename is all or nothing: a build that is interrupted leaves no half-filled cache.
            made.replace(cached)
    return cached


def _install(requirements: Path, target: Path) -> None:
    done = subprocess.run(
        [
            Path(sys.executable).with_name("uv"),
            "pip",
            "install",
            "--quiet",
            "--require-hashes",
            "--no-deps",
            "--only-binary",
            ":all:",
            "--python-platform",
            PLATFORM,
            "--python-version",
            "3.13",
            "--link-mode",
            "copy",
            "--target",
            target,
            "--requirements",
            requirements,
        ],
        check=False,
    )
    if done.returncode:
        raise SystemExit(f"error: could not install {requirements.relative_to(ROOT)}")


def _trim(target: Path, languages: list[str]) -> None:
    for pattern in UNUSED:
        for path in list(target.glob(pattern)):
            _remove(path)
    for path in target.glob("babel/locale-data/*.dat"):
        if path.stem.split("_")[0] not in {"root", *languages}:
            trim_locale(path)


def trim_locale(path: Path) -> None:
    """Leave the formats of a locale whose language has no texts here: its documents are in English."""
    data = pickle.loads(path.read_bytes())  # noqa: S301 - Babel's own
    path.write_bytes(pickle.dumps({name: part for name, part in data.items() if name in FORMATS}))


def _trim_botocore(data: Path) -> None:
    """Leave what a client of ours reads, without what is only for people: reading all of it takes 50 ms to start."""
    for path in data.glob("*"):
        if path.name not in BOTOCORE_DATA:
            _remove(path)
    endpoints = data / "endpoints.json"
    endpoints.write_text(json.dumps(_of_our_services(json.loads(endpoints.read_text()))))
    for path in data.glob("*/*/service-2.json.gz"):
        description = json.loads(gzip.decompress(path.read_bytes()))
        path.with_suffix("").write_text(json.dumps(_without_documentation(description)))
        path.unlink()


def _of_our_services(endpoints: Any) -> Any:
    """The endpoints of the services we call."""
    for partition in endpoints["partitions"]:
        partition["services"] = {name: value for name, value in partition["services"].items() if name in ENDPOINTS}
    return endpoints


def _without_documentation(value: Any) -> Any:
    """A service's description whose documentation, most of it, is empty: botocore wants it to be there."""
    if isinstance(value, dict):
        return {
            name: "" if name == "documentation" and isinstance(part, str) else _without_documentation(part)
            for name, part in value.items()
        }
    return [_without_documentation(part) for part in value] if isinstance(value, list) else value


def _languages() -> list[str]:
    """The languages our documents are written in; of the 600 others of Babel only the formats are kept."""
    locales = ROOT / "layers" / "documents" / "invoicing_documents" / "locales"
    return sorted({path.stem.replace("-", "_").split("_")[0] for path in locales.glob("*.json")})


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _compile(target: Path) -> None:
    """Bytecode that Python takes without a look at the source, whose times Lambda does not keep."""
    compiled = compileall.compile_dir(
        target,
        quiet=1,
        workers=os.cpu_count() or 1,
        stripdir=str(target.parent),
        invalidation_mode=PycInvalidationMode.UNCHECKED_HASH,
    )
    if not compiled:
        raise SystemExit(f"could not compile {target}")


if __name__ == "__main__":
    build(sys.argv[1], Path(sys.argv[2]))
