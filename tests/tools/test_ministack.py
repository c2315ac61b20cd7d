"""Who may use a folder of data, and which port its MiniStack listens on."""

import subprocess
import sys
from pathlib import Path

import pytest

from tools.ministack import PORT_FILE, locked, port_of


def test_a_lock_is_held_until_the_end_of_the_block(tmp_path: Path) -> None:
    with locked(tmp_path / "new" / "lock"), pytest.raises(TimeoutError), locked(tmp_path / "new" / "lock"):
        pass
    with locked(tmp_path / "new" / "lock"):
        pass


def test_a_process_that_inherited_a_lock_holds_it_until_it_is_killed(tmp_path: Path) -> None:
    file = tmp_path / "lock"
    with locked(file) as lock:
        heir = subprocess.Popen(
            [sys.executable, "-c", "input()"], stdin=subprocess.PIPE, stderr=subprocess.DEVNULL, pass_fds=[lock]
        )
    with heir:
        with pytest.raises(TimeoutError), locked(file):
            pass
        heir.kill()
    with locked(file, patience=10):
        pass


def test_data_has_no_port_before_it_is_made(tmp_path: Path) -> None:
    assert port_of(tmp_path) is None
    (tmp_path / PORT_FILE).write_text("4600\n")
    assert port_of(tmp_path) == 4600
