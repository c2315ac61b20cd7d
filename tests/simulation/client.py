"""Clerks: clients that send each request again, with its Idempotency-Key, until they have an answer."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

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


@dataclass(frozen=True)
class Answer:
    """An answer that a function gave."""

    status: int
    body: bytes


class Clerk:
    """Someone who works with the API; two clerks know the same customers and documents."""

    def __init__(self, simulation: "Simulation", name: str, api_key: str) -> None:
        self.simulation = simulation
        self.name = name
        self.random = simulation.random
        self._world = simulation.world
        self._api_key = api_key
        self._requests = 0

    def work(self, steps: Sequence[Callable[["Clerk"], None]]) -> None:
        """Take one step after the other, with pauses from milliseconds to hours."""
        for step in steps:
            self._world.sleep(self.random.choice((0.01, 0.01, 1, 60, 7200)) * self.random.random())
            step(self)

    @property
    def now(self) -> datetime:
        """This instant."""
        return self._world.now

    def any_known(self, kind: str) -> str | None:
        """The id of something that clerks have heard of; None when there is nothing."""
        known = self.simulation.known[kind]
        return self.random.choice(known) if known else None

    def new_key(self) -> str:
        """An Idempotency-Key, which steps also write into what they create."""
        self._requests += 1
        return f"{self.name} {self._requests}".replace(" ", "-")

    def send(self, file: str, body: Any = None, *, key: str | None = None, **parameters: str) -> Response | None:
        """Send a request until it is answered; None when that takes too long."""
        key = key or self.new_key()
        for attempt in range(MOST_ATTEMPTS):
            requests = [self._request(file, body, key, parameters)]
            if self._world.chance(self.simulation.aws.faults.duplicate):
                self._world.sleep(self.random.uniform(0, 0.05))
                requests.append(self._request(file, body, key, parameters))
            for task in requests:
                self._world.wait_for(task, PATIENCE)
                answer: Response | None = task.result and _response(task)
                is_lost = self._world.chance(self.simulation.aws.faults.answer_lost)
                if answer and answer.status < 500 and not is_lost:
                    return answer
            self._world.sleep(self.random.uniform(0.1, 1) * 2**attempt)
        return None

    def create(self, kind: str, file: str, body: Any, *, key: str, **parameters: str) -> str | None:
        """Create something, of which all clerks then know the id; None when it was refused or never answered."""
        answer = self.send(file, body, key=key, **parameters)
        if answer is None or answer.status not in {200, 201}:
            return None
        created = str(answer.data["id"])
        self.simulation.known[kind].append(created)
        return created

    def _request(self, file: str, body: Any, key: str, parameters: dict[str, str]) -> Task:
        app = self.simulation.deployment.handler(file)
        headers = {"Idempotency-Key": key, "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}
        path = app.path.format(**parameters)
        event = request(app.method, path, body, key=self._api_key, headers=headers, parameters=parameters)
        self._world.note(f"sends {app.method} {path} {key} {event.get('body', '')}")
        task = self.simulation.deployment.invoke(file, event)
        task.when_ended(lambda: self._note_answer(task, key if app.method == "POST" else None))
        return task

    def _note_answer(self, task: Task, key: str | None) -> None:
        answer = task.result and _response(task)
        if task.error or (answer and answer.status == 500):
            self.simulation.errors.append(f"{task.name}: {task.error!r} {answer and answer.body!r}")
        if not answer:
            self._world.note(f"{task.name} ended without an answer")
            return
        is_json = answer.headers.get("Content-Type", "").startswith("application/json")
        made = answer.data.get("id") if is_json and answer.status in {200, 201} else None
        said = "" if answer.status < 400 or not is_json else answer.error["code"]
        self._world.note(f"{task.name} answered {answer.status} {made or ''}{said}")
        if key:
            self.simulation.answers[key].append(Answer(answer.status, answer.body))


def open_account(simulation: "Simulation") -> str:
    """Open an account with a first customer, before anything goes wrong; return its key."""
    random, deployment = simulation.random, simulation.deployment
    wishes = {
        "name": "Sample Ltd",
        "email": "billing@acme.example",
        "currency": random.choice(("USD", "EUR", "JPY", "KWD")),
        "time_zone": random.choice(("UTC", "Europe/Vienna", "America/St_Johns", "Pacific/Kiritimati")),
        "country": random.choice(("US", "DE", "IT")),
        "mode": random.choice(("live", "test")),
        "rate_limit": NEVER_USED_UP,
    }
    opened = deployment.invoke("account/create_account", wishes)
    simulation.world.run(lambda: None)
    clerk = Clerk(simulation, "operator", opened.result["api_key"])
    first = {"id": FIRST_CUSTOMER, "name": "The first", "email": "first@example.com"}
    create = partial(clerk.create, "customer", "customers/create_customer", first, key="first")
    simulation.world.start("operator", create)
    simulation.world.run(lambda: None)
    return str(opened.result["api_key"])


def _response(task: Task) -> Response:
    return call_handler(lambda event, context: event, task.result)
