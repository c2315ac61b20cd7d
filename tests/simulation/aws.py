"""Requests to a simulated AWS: others run before and after each, and it can fail in every way a real one does."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

from botocore.exceptions import ClientError, ConnectTimeoutError, ReadTimeoutError

from tests.simulation.faults import Faults
from tests.simulation.world import Killed, World


class Aws:
    """The way to AWS of all processes."""

    def __init__(self, world: World, faults: Faults) -> None:
        self.world = world
        self.faults = faults

    def request[R](
        self,
        name: str,
        effect: Callable[[], R],
        *,
        refused: Callable[[], Exception],
        answer_lost: Callable[[], Exception],
    ) -> R:
        """Make one request; ``effect`` is what it does, at one instant, and the others are how a client sees faults."""
        self._on_the_way(name, "before")
        if self.world.chance(self.faults.refused):
            self.world.note(f"{name} is refused")
            raise refused()
        self.world.note(name)
        result = effect()
        self._on_the_way(name, "after")
        if self.world.chance(self.faults.answer_lost):
            self.world.note(f"the answer to {name} is lost")
            raise answer_lost()
        return result

    def _on_the_way(self, name: str, when: str) -> None:
        random = self.world.random
        self.world.sleep(random.uniform(0.0005, 0.01) + (random.uniform(1, 20) * self.world.chance(self.faults.slow)))
        if self.world.chance(self.faults.crash):
            self.world.note(f"crash {when} {name}")
            raise Killed


class Session:
    """What the adapters of messaging and objects need of a botocore session."""

    def __init__(self, **clients: Any) -> None:
        self._clients = clients

    def create_client(self, service: str, **_: Any) -> Any:
        """The simulated client of a service."""
        return self._clients[service]


class S3:
    """A bucket, as botocore's client shows it."""

    def __init__(self, aws: Aws) -> None:
        self._aws = aws
        self.kept: dict[str, bytes] = {}

    def get_object(self, *, Bucket: str, Key: str) -> dict[str, Any]:  # noqa: N803
        def get() -> dict[str, Any]:
            if Key not in self.kept:
                raise client_error("NoSuchKey", 404)
            return {"Body": BytesIO(self.kept[Key])}

        return _ask(self._aws, f"GetObject {Key}", get)

    def put_object(self, *, Key: str, Body: bytes, IfNoneMatch: str, **_: Any) -> None:  # noqa: N803
        def put() -> None:
            if Key in self.kept:
                raise client_error("PreconditionFailed", 412)
            self.kept[Key] = Body

        _ask(self._aws, f"PutObject {Key}", put)


class Ses:
    """The mail service, as botocore's client shows it; ``taken`` are the messages that it accepted."""

    def __init__(self, aws: Aws) -> None:
        self._aws = aws
        self.taken: list[bytes] = []

    def send_raw_email(self, *, RawMessage: dict[str, bytes], **_: Any) -> dict[str, str]:  # noqa: N803
        message = RawMessage["Data"]
        world = self._aws.world

        def send() -> dict[str, str]:
            fails = world.chance(self._aws.faults.mail)
            is_taken, code, status = world.random.choice(_MAIL_FAILURES) if fails else (True, "", 200)
            if is_taken:
                self.taken.append(message)
            if fails:
                world.note(f"SES {'takes' if is_taken else 'does not take'} it and answers {code}")
                raise client_error(code, status)
            return {"MessageId": f"message-{len(self.taken)}"}

        return _ask(self._aws, f"SendRawEmail {message.decode()}", send)


def client_error(code: str, status: int) -> ClientError:
    """What a client of botocore raises."""
    metadata: Any = {"HTTPStatusCode": status}
    return ClientError({"Error": {"Code": code, "Message": code}, "ResponseMetadata": metadata}, "Request")


def connect_timeout() -> Exception:
    """No connection: the request did not go out."""
    return ConnectTimeoutError(endpoint_url="simulated")


def read_timeout() -> Exception:
    """No answer."""
    return ReadTimeoutError(endpoint_url="simulated")


_MAIL_FAILURES = (
    (False, "MessageRejected", 400),
    (False, "Throttling", 400),
    (False, "InternalFailure", 500),
    (True, "InternalFailure", 500),
)
"""Whether SES takes the message, and the code and status of its answer."""


def _ask[R](aws: Aws, name: str, effect: Callable[[], R]) -> R:
    return aws.request(name, effect, refused=connect_timeout, answer_lost=read_timeout)
