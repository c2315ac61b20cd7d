"""`make run`: the whole system on this machine, on its own data in .local, until Ctrl-C."""

import argparse
import contextlib
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from tools.logs import follow_logs
from tools.mail import start_mail_server
from tools.ministack import FOLDER, CannotRunError, MiniStack, free_port, locked, port_of
from tools.quick_start import prepare_demo
from tools.stack import Stack

READY = """
Ready in {seconds:.0f} s. Invoices are yours to make:

  INVOICING_URL={url}
  INVOICING_API_KEY={key}

curl -X POST {url}/invoices \\
  -H "Authorization: Bearer {key}" \\
  -H "Content-Type: application/json" \\
  -d '{{
    "customer_id": "cust_123",
    "items": [
      {{
        "description": "Web Development Services",
        "quantity": 10,
        "unit_price": 150.00
      }}
    ],
    "currency": "USD"
  }}'

Both are kept in {env}. E-mails that are sent land in {mail}.
Ctrl-C stops; the data stays. Every request follows in one line.
"""
DEFAULT_PORT = 4566
HIGHEST_PORT = 65535


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--port", help=f"default: that of the data, at first {DEFAULT_PORT}")
    arguments.add_argument("--folder", type=Path, default=FOLDER, help="where everything is kept; default: .local")
    # SIGINT too: a shell without job control starts what it puts in the background with SIGINT ignored.
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.default_int_handler)
    given = arguments.parse_args()
    folder = given.folder.resolve()
    try:
        _run(folder, port_number(given.port) if given.port is not None else port_of(folder) or DEFAULT_PORT)
    except (CannotRunError, TimeoutError) as problem:
        print(f"error: {problem}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        pass
    return 0


def port_number(text: str) -> int:
    """The port that a text names; `CannotRunError` when it names none."""
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= HIGHEST_PORT):
        raise CannotRunError(f"PORT={text} is not a port: give a number from 1 to {HIGHEST_PORT}")
    return int(text)


def _run(folder: Path, port: int) -> None:
    started = time.monotonic()
    with _only_one(folder), _mail_server(folder / "mail") as smtp_port:
        aws = MiniStack(folder, port, smtp_port)
        stack = Stack(aws)
        with _stopping(aws):
            _say("Starting MiniStack, the AWS of this machine …")
            aws.start()
            _bring_up(stack)
            key = prepare_demo(stack, folder / "env")
            seconds, env, mail = time.monotonic() - started, _shown(folder / "env"), _shown(folder / "mail")
            _say(READY.format(seconds=seconds, url=stack.url, key=key, env=env, mail=mail))
            with contextlib.suppress(KeyboardInterrupt):
                follow_logs(stack)


def _bring_up(stack: Stack) -> None:
    if stack.is_current():
        _say("Resuming the deployed stack …")
    else:
        _say("Building functions and layers (sam build) …")
        stack.build()
        _say("Deploying (sam deploy) …")
        stack.deploy()
    stack.resume_streams()


@contextlib.contextmanager
def _only_one(folder: Path) -> Iterator[None]:
    with contextlib.ExitStack() as held:
        try:
            held.enter_context(locked(folder / "run.lock"))
        except TimeoutError:
            raise CannotRunError(f"make run already runs on the data in {_shown(folder)}: stop it first") from None
        yield


@contextlib.contextmanager
def _mail_server(folder: Path) -> Iterator[int]:
    server = start_mail_server(folder, free_port(), on_kept=lambda file: _say(f"mail: {_shown(file)}"))
    try:
        yield server.port
    finally:
        server.stop()


@contextlib.contextmanager
def _stopping(aws: MiniStack) -> Iterator[None]:
    try:
        yield
    except Exception:
        # Whatever failed, it failed because its other end is gone.
        aws.require_alive()
        raise
    finally:
        # A second Ctrl-C, from impatience, must not cost the data.
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        if aws.is_running:
            _say("Stopping and saving …")
            aws.stop()


def _shown(path: Path) -> Path:
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path


def _say(what: str) -> None:
    print(what, flush=True)


if __name__ == "__main__":
    sys.exit(main())
