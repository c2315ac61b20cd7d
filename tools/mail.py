"""A mail server for this machine: keeps every message as an .eml file and sends nothing on."""

import time
from collections.abc import Callable
from itertools import count
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


class _Folder:
    def __init__(self, folder: Path, on_kept: Callable[[Path], object]) -> None:
        self.folder = folder
        self.on_kept = on_kept
        self.numbers = count(1)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: ARG002, N802
        name = f"{time.strftime('%Y%m%d-%H%M%S', time.gmtime())}-{next(self.numbers):04}.eml"
        content = envelope.content
        recipients = ", ".join(envelope.rcpt_tos)
        body = content if isinstance(content, bytes) else (content or "").encode()
        unfinished = self.folder / f".{name}"
        unfinished.write_bytes(f"X-Envelope-To: {recipients}\r\n".encode() + body)
        kept = unfinished.replace(self.folder / name)
        self.on_kept(kept)
        return "250 kept"


def start_mail_server(folder: Path, port: int, on_kept: Callable[[Path], object] = lambda _: None) -> Controller:
    """Start a server that calls ``on_kept`` with each new file; the caller stops it with .stop()."""
    folder.mkdir(parents=True, exist_ok=True)
    server = Controller(_Folder(folder, on_kept), hostname="127.0.0.1", port=port)
    server.start()
    return server
