"""The registry of stored kinds: one file stores one kind, found by its class and loaded when first needed."""

import subprocess
import sys
from importlib import import_module

import pytest

from invoicing.storage import kinds
from tests.template import ROOT

FOLDER = ROOT / "layers" / "core" / "invoicing" / "storage" / "kinds"


def class_of(path: str) -> type:
    module, _, name = path.rpartition(".")
    found: type = getattr(import_module(module), name)
    return found


def test_every_file_is_registered_once() -> None:
    files = sorted(path.stem for path in FOLDER.glob("*.py") if path.stem != "__init__")
    assert sorted(kinds.FILES.values()) == files


@pytest.mark.parametrize("path", kinds.FILES)
def test_a_kind_is_stored_by_the_one_record_of_its_file(path: str) -> None:
    record = kinds.record_of(class_of(path))
    assert record.__module__ == f"{kinds.__name__}.{kinds.FILES[path]}"
    stored = [kind for kind, other in kinds._records.items() if other.__module__ == record.__module__]
    assert stored == [class_of(path)]


def test_a_class_that_is_not_stored_is_no_kind() -> None:
    with pytest.raises(KeyError):
        kinds.record_of(int)


LOADED = """
import sys
from invoicing.storage.kinds import record_of
from invoicing.domain.parties.customer import Customer
record_of(Customer)
print([name for name in sys.modules if name.startswith("invoicing.storage.kinds.")])
"""


def test_a_file_is_loaded_when_its_kind_is_first_needed() -> None:
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", LOADED],
        env={"PYTHONPATH": str(ROOT / "layers" / "core")},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "['invoicing.storage.kinds.customers']"
