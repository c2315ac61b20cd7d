"""Clerks: clients that send each request again, with its Idempotency-Key, until they have an answer."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from invoicing.domain.access.api_key import ApiKey
from invoicing.domain.access.caller import hash_of, partition
from tests.http import Response, call_handler, request
from tests.simulation.world import Task

if TYPE_CHECKING:
    from tests.simulation.simulation import Simulation

PATIENCE = 30.0
"""Seconds after which API Gateway gives up a function, and a client a request."""

MOST_ATTEMPTS = 6
"""After so many requests without an answer a clerk does something else."""

NEVER_USED_UP = 1_000_000
"""Requests of a key in an hour."""

FIRST_CUSTOMER = "cust_first"
"""The id of a customer of each company."""

OWN_ADDRESS = "billing@acme.example"
"""The e-mail address of the accounts."""

TIME_ZONES = ("UTC", "Europe/Vienna", "America/St_Johns", "Pacific/Kiritimati")
"""The time zones of the accounts."""


@dataclass(frozen=True)
class Answer:
    """An answer that a function gave."""

    status: int
    body: bytes


@dataclass(eq=False)
class Company:
    """An account in one mode, as its clerks know it; ``account`` is its partition.

    ``api_key`` is a key that nobody revokes. ``known`` are the ids that clerks have heard of, by kind, such as
    ``customer``, and of API keys the secrets.
    """

    account: str
    api_key: str
    known: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))


class Clerk:
    """Someone who works with the API for a company, of which all clerks know the same customers and documents."""

    def __init__(self, simulation: "Simulation", name: str, company: Company) -> None:
        self.simulation = simulation
        self.name = name
        self.company = company
        self.random = simulation.random
        self.api_key = company.api_key
        self.cursor = ""
        """Where the clerk is in the event log."""
        self.followed: list[str] = []
        """The ids of the events up to there."""
        self._world = simulation.world
        self._requests = 0

    def work(self, steps: Sequence[Callable[["Clerk"], None]]) -> None:
        """Take one step after the other, with pauses from milliseconds to hours; at full hours clerks meet."""
        for step in steps:
            to_full_hour = 3600 - self._world.now.timestamp() % 3600
            self.wait(self.random.choice((0.01, 0.01, 1, 60)))
            if self._world.chance(0.2):
                self._world.sleep(to_full_hour + self.random.random())
            step(self)

    def wait(self, seconds: float) -> None:
        """Do nothing for up to so long."""
        self._world.sleep(seconds * self.random.random())

    @property
    def now(self) -> datetime:
        """This instant, by the company's test clock where it has one."""
        return self.simulation.now_of(self.company.account)

    @property
    def time_zone(self) -> ZoneInfo:
        """The time zone of the account."""
        return ZoneInfo(self.simulation.profile(self.company.account).time_zone)

    def any_known(self, kind: str) -> str | None:
        """The id of something that clerks have heard of; None when there is nothing."""
        known = self.company.known[kind]
        return self.random.choice(known) if known else None

    def new_key(self) -> str:
        """An Idempotency-Key, which steps also write into what they create."""
        self._requests += 1
        key = f"{self.name} {self._requests}".replace(" ", "-")
        self.simulation.sent_by[key] = self.company
        return key

    def send(
        self, file: str, body: Any = None, *, key: str | None = None, query: str = "", **parameters: str
    ) -> Response | None:
        """Send a request until it is answered; None when that takes too long.

        A clerk whose API key was revoked goes on with the one that nobody revokes.
        """
        key = key or self.new_key()
        for attempt in range(MOST_ATTEMPTS):
            requests = [self._request(file, body, key, query, parameters)]
            if self._world.chance(self.simulation.aws.faults.duplicate):
                self._world.sleep(self.random.uniform(0, 0.05))
                requests.append(self._request(file, body, key, query, parameters))
            for task in requests:
                self._world.wait_for(task, PATIENCE)
                answer: Response | None = task.result and _response(task)
                is_lost = self._world.chance(self.simulation.aws.faults.answer_lost)
                if answer and answer.status == 401:
                    self.api_key = self.company.api_key
                elif answer and answer.status < 500 and not is_lost:
                    return answer
            self._world.sleep(self.random.uniform(0.1, 1) * 2**attempt)
        return None

    def create(self, kind: str, file: str, body: Any, *, key: str, **parameters: str) -> str | None:
        """Create something, of which all clerks then know the id; None when it was refused or never answered."""
        answer = self.send(file, body, key=key, **parameters)
        if answer is None or answer.status not in {200, 201}:
            return None
        created = str(answer.data["id"])
        self.company.known[kind].append(created)
        return created

    def send_bulk(self, kind: str, file: str, items: list[Any]) -> None:
        """Send a bulk request until it is answered; all clerks then know the ids of what was created."""
        answer = self.send(file, {file.partition("/")[0]: items}, key=self.new_key())
        for result in answer.data["results"] if answer and answer.status == 207 else ():
            if result["status"] == 201:
                self.company.known[kind] = [*dict.fromkeys([*self.company.known[kind], str(result["data"]["id"])])]
            elif result["status"] == 500:
                self.simulation.errors.append(f"{file}: {result}")

    def _request(self, file: str, body: Any, key: str, query: str, parameters: dict[str, str]) -> Task:
        app = self.simulation.deployment.handler(file)
        headers = {"Idempotency-Key": key, "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}
        path = app.path.format(**parameters) + query
        event = request(app.method, path, body, key=self.api_key, headers=headers, parameters=parameters)
        is_revoked = self._is_revoked()
        self._world.note(f"sends {app.method} {path} {key} {event.get('body', '')}")
        task = self.simulation.deployment.invoke(file, event)
        task.when_ended(lambda: self._note_answer(task, key if app.method == "POST" else None, is_revoked=is_revoked))
        return task

    def _is_revoked(self) -> bool:
        wanted = hash_of(self.api_key)
        return any(key.hash == wanted and key.revoked_at for key in self.simulation.store.all(ApiKey))

    def _note_answer(self, task: Task, key: str | None, *, is_revoked: bool) -> None:
        answer = task.result and _response(task)
        if is_revoked and answer and answer.status < 400:
            self.simulation.errors.append(f"{task.name} was let in with a revoked key")
        if task.error or (answer and answer.status == 500):
            self.simulation.errors.append(f"{task.name}: {task.error!r} {answer and answer.body!r}")
        if not answer:
            self._world.note(f"{task.name} ended without an answer")
            return
        is_json = answer.headers.get("Content-Type", "").startswith("application/json")
        made = is_json and answer.status in {200, 201} and isinstance(answer.data, dict) and answer.data.get("id")
        said = "" if answer.status < 400 or not is_json else answer.error["code"]
        self._world.note(f"{task.name} answered {answer.status} {made or ''}{said}")
        if key:
            self.simulation.answers[key].append(Answer(answer.status, answer.body))


def open_companies(simulation: "Simulation") -> list[Company]:
    """Open the companies of a run before anything goes wrong: one, or two that are busy at the same time.

    The second is another account, or the other mode of the first one.
    """
    random = simulation.random
    modes = random.sample(("live", "test"), 2)
    first = _open(simulation, _account(simulation), modes[0])
    if not simulation.world.chance(0.4):
        return [first]
    if simulation.world.chance(0.5):
        return [first, _open(simulation, _account(simulation), random.choice(modes))]
    added = {"account_id": first.account.partition("#")[0], "rate_limit": NEVER_USED_UP}
    return [first, _open(simulation, added, modes[1])]


def _account(simulation: "Simulation") -> dict[str, Any]:
    random = simulation.random
    return {
        "name": "Sample Ltd",
        "email": OWN_ADDRESS,
        "currency": random.choice(("USD", "EUR", "JPY", "KWD")),
        "time_zone": random.choice(TIME_ZONES),
        "country": random.choice(("US", "DE", "IT")),
        "rate_limit": NEVER_USED_UP,
    }


def _open(simulation: "Simulation", wishes: dict[str, Any], mode: Any) -> Company:
    """Open an account, or another mode of one, with a first customer."""
    opened = simulation.deployment.invoke("account/create_account", wishes | {"mode": mode})
    simulation.world.run(simulation.after_each)
    company = Company(partition(opened.result["account_id"], mode), opened.result["api_key"])
    clerk = Clerk(simulation, f"operator {mode} {opened.result['account_id']}", company)
    first = {"id": FIRST_CUSTOMER, "name": clerk.new_key(), "email": "first@example.com"}
    simulation.world.start(
        "operator", lambda: clerk.create("customer", "customers/create_customer", first, key=first["name"])
    )
    simulation.world.run(simulation.after_each)
    return company


def _response(task: Task) -> Response:
    return call_handler(lambda event, context: event, task.result)
