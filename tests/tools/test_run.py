"""Starting `make run` where it cannot run: one clear line."""

import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tools.ministack import PORT_FILE, ROOT, CannotRunError, free_port, locked
from tools.run import port_number


def refused(folder: Path, *arguments: str) -> list[str]:
    """The lines that a start prints as errors before it ends with status 1."""
    command = [sys.executable, "-m", "tools.run", "--folder", str(folder), *arguments]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=60)  # noqa: S603
    assert ended.returncode == 1
    return ended.stderr.splitlines()


@pytest.mark.parametrize(("text", "port"), [("1", 1), ("4566", 4566), ("65535", 65535)])
def test_a_port_is_a_number_in_range(text: str, port: int) -> None:
    assert port_number(text) == port


@pytest.mark.parametrize("text", ["0", "70000", "65536", "-1", "abc", "", "4566 ", "4_566", "1.5", "²", "٤"])
def test_everything_else_is_refused(text: str) -> None:
    with pytest.raises(CannotRunError, match="is not a port: give a number from 1 to 65535"):
        port_number(text)


def test_a_port_out_of_range_is_one_line(tmp_path: Path) -> None:
    assert refused(tmp_path, "--port", "70000") == ["error: PORT=70000 is not a port: give a number from 1 to 65535"]


def test_a_port_in_use_is_one_line(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        (line,) = refused(tmp_path, "--port", str(port))
    assert line.startswith(f"error: port {port} cannot be used (Address already in use)")


def test_a_second_start_on_the_same_data_is_one_line(tmp_path: Path) -> None:
    with locked(tmp_path / "run.lock"):
        (line,) = refused(tmp_path, "--port", str(free_port()))
    assert line == f"error: make run already runs on the data in {tmp_path}: stop it first"


def test_saved_data_stays_on_its_port(tmp_path: Path) -> None:
    (tmp_path / "state").mkdir()
    (tmp_path / PORT_FILE).write_text("4600\n")
    (line,) = refused(tmp_path, "--port", str(free_port()))
    assert line.startswith(f"error: the data in {tmp_path} needs port 4600")
