"""An endpoint with TLS on this machine, which answers as a test wants."""

import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

HOST = "hooks.example.com"
Behave = Callable[[socket.socket], None]


class Endpoint:
    """``requests`` are what came, ``names`` those that TLS asked for; ``behave`` answers a request that was read."""

    def __init__(self, behave: Behave) -> None:
        self.requests: list[bytes] = []
        self.names: list[str | None] = []
        self._behave = behave
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._context = _server_context()
        self._context.sni_callback = lambda _, name, __: self.names.append(name)
        Thread(target=self._serve, daemon=True).start()

    @property
    def url(self) -> str:
        return f"https://{HOST}:{self.port}/hook?a=b"

    def close(self) -> None:
        self._listener.close()

    def _serve(self) -> None:
        with suppress(OSError):
            while True:
                plain, _ = self._listener.accept()
                Thread(target=self._answer, args=(plain,), daemon=True).start()

    def _answer(self, plain: socket.socket) -> None:
        with suppress(OSError), self._context.wrap_socket(plain, server_side=True) as connection:
            read = b""
            while b"\r\n\r\n" not in read or not read.endswith(b"}"):
                read += connection.recv(65536)
            self.requests.append(read)
            self._behave(connection)


def answers(*parts: bytes) -> Behave:
    """Send these bytes."""

    def behave(connection: socket.socket) -> None:
        for part in parts:
            connection.sendall(part)

    return behave


@contextmanager
def endpoint(behave: Behave) -> Iterator[Endpoint]:
    """An endpoint until the context is left."""
    made = Endpoint(behave)
    try:
        yield made
    finally:
        made.close()


@cache
def _certificate() -> tuple[bytes, bytes]:
    """A certificate for `HOST` that signs itself, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HOST)])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(HOST)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return certificate.public_bytes(serialization.Encoding.PEM), private


def trusting() -> ssl.SSLContext:
    """What trusts the certificate."""
    return ssl.create_default_context(cadata=_certificate()[0].decode())


def _server_context() -> ssl.SSLContext:
    certificate, key = _certificate()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "both.pem"
        path.write_bytes(certificate + key)
        context.load_cert_chain(path)
    return context
