"""A mail server for this machine: keeps every message as an .eml file and sends nothing on."""

import time
from itertools import count
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


class _Folder:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.numbers = count(1)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: ARG002, N802
        name = f"{time.strftime('%Y%m%d-%H%M%S', time.gmtime())}-{next(self.numbers):04}.eml"
        content = envelope.content
        recipients = ", ".join(envelope.rcpt_tos)
        body = content if isinstance(content, bytes) else (content or "").encode()
        unfinished = self.folder / f".{name}"
        unfinished.write_bytes(f"X-Envelope-To: {recipients}\r\n".encode() + body)
        unfinished.replace(self.folder / name)
        return "250 kept"


def start_mail_server(folder: Path, port: int) -> Controller:
    """The caller stops it with .stop()."""
    folder.mkdir(parents=True, exist_ok=True)
    server = Controller(_Folder(folder), hostname="127.0.0.1", port=port)
    server.start()
    return server
