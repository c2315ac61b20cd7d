"""Endpoints of webhooks and what encrypts their secrets, as requests of the simulated AWS."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from datetime import datetime

from invoicing.operations.webhooks._ports import Answer
from tests.fake_webhooks import BROKEN, OK, FakeBox, FakeWaiting
from tests.simulation.aws import Aws
from tests.simulation.store import SimulatedStore, ask_database


class _Lost(Exception):
    """Nobody answers."""


class SimulatedEndpoints:
    """Endpoints that take what they answer with 2xx, and some of what they do not answer.

    ``taken`` are the bodies that each URL got, by the ids of their events.
    """

    def __init__(self, aws: Aws) -> None:
        self._aws = aws
        self.taken: defaultdict[str, defaultdict[str, list[bytes]]] = defaultdict(lambda: defaultdict(list))

    def post(self, url: str, headers: Mapping[str, str], body: bytes) -> Answer:
        """Take the request, or fail; an answer that is lost is a timeout."""
        fails, event_id = self._aws.world.chance(self._aws.faults.mail), headers["webhook-id"]

        def answer() -> Answer:
            if fails:
                return BROKEN
            self.taken[url][event_id].append(body)
            return OK

        try:
            name = f"POST {url} {event_id}{' fails' if fails else ''}"
            return self._aws.request(name, answer, refused=_Lost, answer_lost=_Lost)
        except _Lost:
            return Answer(error="timeout")


class SimulatedBox(FakeBox):
    """KMS."""

    def __init__(self, aws: Aws) -> None:
        self._aws = aws

    def seal(self, secret: str, account: str) -> str:
        seal = super().seal
        return self._ask("Encrypt", lambda: seal(secret, account))

    def open(self, sealed: str, account: str) -> str:
        opened = super().open
        return self._ask("Decrypt", lambda: opened(sealed, account))

    def _ask(self, name: str, effect: Callable[[], str]) -> str:
        return ask_database(self._aws, name, effect)


class SimulatedWaiting:
    """The deliveries that wait, in an index that is behind as all indexes are."""

    def __init__(self, store: SimulatedStore, aws: Aws) -> None:
        self._store = store
        self._aws = aws

    def of(self, account: str, webhook_id: str, until: datetime, most: int) -> list[str]:
        """Read the index."""
        return ask_database(
            self._aws,
            f"Query deliveries that wait for {webhook_id}",
            lambda: FakeWaiting(self._store.index()).of(account, webhook_id, until, most),
        )
