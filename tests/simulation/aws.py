"""Requests to a simulated AWS: others run before and after each, and it can fail in every way a real one does."""

import json
from collections import defaultdict
from collections.abc import Callable
from functools import partial
from io import BytesIO
from typing import Any

from botocore.exceptions import ClientError, ConnectTimeoutError, ReadTimeoutError

from invoicing.domain.access.caller import partition
from invoicing.messaging.mail_events import mail_report_of
from invoicing.operations.reactions.record_mail_events import MailReport
from tests.mail_service import mail_event
from tests.simulation.faults import Faults
from tests.simulation.world import Killed, World

SLOWEST = 20.0
"""Seconds that a slow request takes at most."""


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
        slow: tuple[float, float] | None = None,
    ) -> R:
        """Make one request; ``effect`` is what it does, at one instant, and the others are how a client sees faults.

        ``slow`` is how often it takes more than a second until then, and the most seconds.
        """
        self._on_the_way(name, "before", slow or (self.faults.slow, SLOWEST))
        if self.world.chance(self.faults.refused):
            self.world.note(f"{name} is refused")
            raise refused()
        self.world.note(name)
        result = effect()
        self._on_the_way(name, "after", (self.faults.slow, SLOWEST))
        if self.world.chance(self.faults.answer_lost):
            self.world.note(f"the answer to {name} is lost")
            raise answer_lost()
        return result

    def _on_the_way(self, name: str, when: str, slow: tuple[float, float]) -> None:
        random, (rate, most) = self.world.random, slow
        self.world.sleep(random.uniform(0.0005, 0.01) + (random.uniform(1, most) * self.world.chance(rate)))
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
    """The mail service, as botocore's client shows it.

    ``taken`` are the messages that it accepted, and ``reported`` what it reported of each delivery, late and in any
    order, by the names of examples.
    """

    def __init__(self, aws: Aws, publish: Callable[[str, str], None]) -> None:
        self._aws = aws
        self._publish = publish
        self.taken: list[bytes] = []
        self.reported: defaultdict[str, list[MailReport]] = defaultdict(list)

    def send_raw_email(
        self,
        *,
        RawMessage: dict[str, bytes],  # noqa: N803
        Tags: list[dict[str, str]],  # noqa: N803
        **_: Any,
    ) -> dict[str, str]:
        message, tags = RawMessage["Data"], {tag["Name"]: tag["Value"] for tag in Tags}
        world = self._aws.world

        def send() -> dict[str, str]:
            fails = world.chance(self._aws.faults.mail)
            is_taken, code, status = world.random.choice(_MAIL_FAILURES) if fails else (True, "", 200)
            if is_taken:
                self.taken.append(message)
                for name in world.random.choice(_FATES):
                    world.after(
                        world.random.choice((0.01, 1, 3600)) * world.random.random(), partial(self._report, tags, name)
                    )
            if fails:
                world.note(f"SES {'takes' if is_taken else 'does not take'} it and answers {code}")
                raise client_error(code, status)
            return {"MessageId": f"message-{len(self.taken)}"}

        return _ask(self._aws, f"SendRawEmail {message.decode()}", send)

    def _report(self, tags: dict[str, str], name: str) -> None:
        account = partition(tags["account"], "test" if tags["mode"] == "test" else "live")
        body = json.dumps(mail_event(name, tags["delivery"], account=account, at=self._aws.world.now))
        self.reported[tags["delivery"]].append(mail_report_of(body))
        self._publish(f"{tags['delivery']} {name}", body)


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


_FATES: tuple[tuple[str, ...], ...] = (
    *(("delivery",),) * 6,
    (),
    ("delivery_delay", "delivery_delay", "delivery"),
    ("delivery", "bounce_out_of_office"),
    ("bounce_timed_out",),
    ("delivery", "bounce_mailbox_full"),
    ("bounce",),
    ("delivery", "complaint"),
)
"""What SES reports of a message."""

_MAIL_FAILURES = (
    (False, "MessageRejected", 400),
    (False, "Throttling", 400),
    (False, "InternalFailure", 500),
    (True, "InternalFailure", 500),
)
"""Whether SES takes the message, and the code and status of its answer."""


def _ask[R](aws: Aws, name: str, effect: Callable[[], R]) -> R:
    return aws.request(name, effect, refused=connect_timeout, answer_lost=read_timeout)
