"""mypy over everything; each folder of functions by itself, since its files are modules without a package."""

import subprocess
import sys

from tools.ministack import ROOT

PACKAGES = [
    "layers/core/invoicing",
    "layers/documents/invoicing_documents",
    "clients/python/src/invoicing_client",
    "tools",
    "tests",
    "benchmarks",
]


def main() -> int:
    folders = sorted(path for path in (ROOT / "functions").glob("*") if any(path.glob("*.py")))
    files = [sorted(str(path) for path in folder.glob("*.py")) for folder in folders]
    targets = [[name for name in PACKAGES if any((ROOT / name).rglob("*.py"))], *files]
    return max(_mypy(target) for target in targets if target)


def _mypy(targets: list[str]) -> int:
    return subprocess.run([sys.executable, "-m", "mypy", *targets], cwd=ROOT, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
