"""`make run`: the whole system on this machine, on its own data in .local, until Ctrl-C."""

import argparse
import contextlib
import signal
import sys
import time
from collections.abc import Iterator

from tools.demo import prepare_demo
from tools.logs import follow_logs
from tools.mail import start_mail_server
from tools.ministack import FOLDER, CannotRunError, MiniStack, free_port
from tools.stack import Stack, fingerprint

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
    "due_date": "2024-02-15",
    "currency": "USD"
  }}'

Both are kept in {env}. E-mails that are sent land in {mail}.
Ctrl-C stops; the data stays. The functions' logs follow.
"""


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--port", type=int, default=4566)
    # SIGINT too: a shell without job control starts what it puts in the background with SIGINT ignored.
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.default_int_handler)
    try:
        _run(arguments.parse_args().port)
    except (CannotRunError, TimeoutError) as problem:
        print(f"error: {problem}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        pass
    return 0


def _run(port: int) -> None:
    started = time.monotonic()
    FOLDER.mkdir(exist_ok=True)
    mail = FOLDER / "mail"
    smtp = start_mail_server(mail, free_port())
    aws = MiniStack(FOLDER, port, smtp.port)
    stack = Stack(aws)
    record = FOLDER / "deployed"
    wanted = f"{fingerprint()} {stack.host_url}"
    with _stopping(aws):
        _say("Starting MiniStack, the AWS of this machine …")
        aws.start()
        _bring_up(stack, is_deployed=record.exists() and record.read_text() == wanted)
        # A crash takes MiniStack back to its last saved state, so only a clean stop may leave the record behind.
        record.unlink(missing_ok=True)
        key = prepare_demo(stack, FOLDER / "env")
        seconds = time.monotonic() - started
        _say(
            READY.format(seconds=seconds, url=stack.url, key=key, env=FOLDER.name + "/env", mail=FOLDER.name + "/mail")
        )
        with contextlib.suppress(KeyboardInterrupt):
            follow_logs(stack)
    record.write_text(wanted)
    smtp.stop()


def _bring_up(stack: Stack, *, is_deployed: bool) -> None:
    if is_deployed:
        stack.resume_streams()
        return
    _say("Building functions and layers (sam build) …")
    stack.build()
    _say("Deploying (sam deploy) …")
    stack.deploy()


@contextlib.contextmanager
def _stopping(aws: MiniStack) -> Iterator[None]:
    try:
        yield
    finally:
        # A second Ctrl-C, from impatience, must not cost the data.
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        if aws.is_running:
            _say("Stopping and saving …")
            aws.stop()


def _say(what: str) -> None:
    print(what, flush=True)


if __name__ == "__main__":
    sys.exit(main())
