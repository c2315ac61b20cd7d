"""MiniStack, the AWS of this machine: starting and stopping it, and clients that speak to it."""

import contextlib
import fcntl
import os
import shutil
import signal
import socket
import subprocess
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import boto3
from botocore.config import Config

from tools.waiting import wait_until

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / ".local"
PORT_FILE = "port"
PYTHON = ROOT / ".venv-ministack" / "bin" / "python"
REGION = "us-east-1"
CREDENTIALS = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test", "AWS_DEFAULT_REGION": REGION}

# MiniStack writes its state when it is told to stop; PR_SET_PDEATHSIG (1) has it told even when whoever started it is
# killed.
BOUND_TO_PARENT = (
    "import ctypes, os, runpy, signal; ctypes.CDLL(None).prctl(1, signal.SIGTERM); "
    "runpy.run_module('ministack', run_name='__main__')"
)


class CannotRunError(Exception):
    """Something on this machine is in the way; the message is for the person who has to clear it."""


@dataclass
class MiniStack:
    folder: Path
    port: int
    smtp_port: int
    enforce_iam: bool = False
    _process: subprocess.Popen[bytes] | None = field(default=None, init=False)

    @property
    def endpoint(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> Path:
        return self.folder / "ministack.log"

    @property
    def is_running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def session(self) -> boto3.Session:
        return boto3.Session("test", "test", region_name=REGION)

    def config(self) -> Config:
        return Config(retries={"total_max_attempts": 2}, s3={"addressing_style": "path"})

    def start(self) -> None:
        # One whose starter was killed still writes its state: it holds the lock until it has ended.
        with locked(self.folder / "ministack.lock", patience=60) as lock:
            self._bind_to_port()
            temporary = self.folder / "tmp"
            shutil.rmtree(temporary, ignore_errors=True)
            temporary.mkdir(parents=True)
            with self.log.open("wb") as log:
                # A session of its own: Ctrl-C in the terminal must not reach it before its state is written.
                self._process = subprocess.Popen(
                    [PYTHON, "-c", BOUND_TO_PARENT],
                    env=self._environment(temporary), stdout=log, stderr=log, stdin=subprocess.DEVNULL,
                    cwd=self.folder, start_new_session=True, pass_fds=[lock],
                )  # fmt: skip
        wait_until(self._answers, seconds=60, what="MiniStack to start")

    def _bind_to_port(self) -> None:
        """Saved queues have the port in their names, and on another one MiniStack does not look into them."""
        if self._state.exists() and (bound := port_of(self.folder)) not in {None, self.port}:
            raise CannotRunError(
                f"the data in {self.folder} needs port {bound}: leave PORT away, or remove the folder to start over"
            )
        if problem := _problem_with(self.port):
            raise CannotRunError(f"port {self.port} cannot be used ({problem}): stop what uses it, or choose PORT=…")
        (self.folder / PORT_FILE).write_text(f"{self.port}\n")

    @property
    def _state(self) -> Path:
        return self.folder / "state"

    def _environment(self, temporary: Path) -> dict[str, str]:
        # Nothing of ours: the functions inherit MiniStack's environment.
        return CREDENTIALS | {
            "PATH": os.defpath,
            "HOME": str(temporary),
            "TMPDIR": str(temporary),
            "BIND_HOST": "127.0.0.1",
            "GATEWAY_PORT": str(self.port),
            "PERSIST_STATE": "1",
            "STATE_DIR": str(self._state),
            "S3_PERSIST": "1",
            "S3_DATA_DIR": str(self.folder / "s3"),
            # A function that starts anew unpacks its layers again, which takes seconds.
            "LAMBDA_WARM_TTL_SECONDS": "86400",
            "SMTP_HOST": f"127.0.0.1:{self.smtp_port}",
            "AUTH": str(self.enforce_iam).lower(),
            "IOT_MTLS_ENABLED": "0",
            "SFTP_ENABLED": "0",
        }

    def _answers(self) -> bool:
        self.require_alive()
        try:
            urllib.request.urlopen(f"{self.endpoint}/_ministack/health", timeout=5).close()
        except OSError:
            return False
        return True

    def require_alive(self) -> None:
        """Raise `CannotRunError` when it was started and has ended by itself."""
        if self._process is not None and self._process.poll() is not None:
            raise CannotRunError(
                "MiniStack has ended by itself, and what was written since its last clean stop is lost: "
                f"read {self.log}, then start it again"
            )

    def stop(self) -> None:
        if self._process is None:
            return
        self._process.send_signal(signal.SIGTERM)
        try:
            self._process.wait(60)
        except subprocess.TimeoutExpired:
            self._process.kill()
            raise CannotRunError(f"MiniStack did not stop and was killed; see {self.log}") from None
        finally:
            self._process = None


@contextlib.contextmanager
def locked(file: Path, patience: float = 0) -> Iterator[int]:
    """Hold a file's lock, taken within ``patience`` seconds, else `TimeoutError`.

    The descriptor keeps the lock for as long as any process that inherited it runs, however that process ends.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("a") as lock:
        wait_until(lambda: _is_locked(lock.fileno()), patience, f"whoever holds {file} to end")
        yield lock.fileno()


def _is_locked(lock: int) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def port_of(folder: Path) -> int | None:
    """The port that the data in a folder was made on; None before there is any."""
    file = folder / PORT_FILE
    return int(file.read_text()) if file.exists() else None


def is_free(port: int) -> bool:
    return _problem_with(port) is None


def _problem_with(port: int) -> str | None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as problem:
            return problem.strerror or str(problem)
    return None


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
