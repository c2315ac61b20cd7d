"""MiniStack, the AWS of this machine: starting and stopping it, and clients that speak to it."""

import os
import shutil
import signal
import socket
import subprocess
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

import boto3
from botocore.config import Config

from tools.waiting import wait_until

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / ".local"
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
        return self._process is not None

    def session(self) -> boto3.Session:
        return boto3.Session("test", "test", region_name=REGION)

    def config(self) -> Config:
        return Config(retries={"total_max_attempts": 2}, s3={"addressing_style": "path"})

    def start(self) -> None:
        if not is_free(self.port):
            raise CannotRunError(f"port {self.port} is in use: stop what uses it, or choose another with PORT=…")
        temporary = self.folder / "tmp"
        shutil.rmtree(temporary, ignore_errors=True)
        temporary.mkdir(parents=True)
        with self.log.open("wb") as log:
            # A session of its own: Ctrl-C in the terminal must not reach it before its state is written.
            self._process = subprocess.Popen(
                [PYTHON, "-c", BOUND_TO_PARENT],
                env=self._environment(temporary), stdout=log, stderr=log, stdin=subprocess.DEVNULL,
                cwd=self.folder, start_new_session=True,
            )  # fmt: skip
        wait_until(self._answers, seconds=60, what="MiniStack to start")

    def _environment(self, temporary: Path) -> dict[str, str]:
        # Nothing of ours: the functions inherit MiniStack's environment.
        return CREDENTIALS | {
            "PATH": os.defpath,
            "HOME": str(temporary),
            "TMPDIR": str(temporary),
            "BIND_HOST": "127.0.0.1",
            "GATEWAY_PORT": str(self.port),
            "PERSIST_STATE": "1",
            "STATE_DIR": str(self.folder / "state"),
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
        if self._process is None or self._process.poll() is not None:
            raise CannotRunError(f"MiniStack ended at once; its last words are in {self.log}")
        try:
            urllib.request.urlopen(f"{self.endpoint}/_ministack/health", timeout=5).close()
        except OSError:
            return False
        return True

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


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
