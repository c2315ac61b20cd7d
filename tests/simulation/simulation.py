"""One run: clerks who work at the same time for one account, and invariants that hold whatever goes wrong."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from importlib import import_module
from pathlib import Path
from random import Random
from typing import Any

from tests.fake_due_work import FakeDueWork
from tests.simulation.aws import Aws
from tests.simulation.client import Answer, Clerk, open_account
from tests.simulation.deployment import Deployment
from tests.simulation.faults import Faults
from tests.simulation.world import World

CLERKS = (2, 4)
"""The fewest and the most of a run."""
STEPS = (5, 12)
"""The fewest and the most of a clerk."""

MOST_REDRIVES = 3
"""How often an operator sends dead letters again once nothing fails any more: what is late can be dead again."""

MOST_TICKS = 100
"""More than invoices of a run that are due at different times."""

END = datetime(2030, 1, 1, tzinfo=UTC)
"""Work that is due later is left."""

MIDNIGHT = datetime(2028, 1, 1, tzinfo=UTC)


class Violated(Exception):
    """An invariant does not hold; ``trace`` is what happened before."""

    def __init__(self, seed: int, invariant: str, reason: str, trace: list[str]) -> None:
        super().__init__(f"seed {seed}: {invariant}: {reason}")
        self.invariant = invariant
        self.trace = trace


class Simulation:
    """The run of a seed: steps find here what they work with, and invariants what happened."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self.world = World(seed, _begin(seed))
        self.random = self.world.random
        self.aws = Aws(self.world, Faults())
        self.deployment = Deployment(self.aws)
        self.store = self.deployment.store.memory
        self.known: defaultdict[str, list[str]] = defaultdict(list)
        """Ids that clients have heard of, by kind, such as ``customer``."""
        self.answers: defaultdict[str, list[Answer]] = defaultdict(list)
        """All answers to the requests with one Idempotency-Key, whether or not the client got them."""
        self.errors: list[str] = []
        """Steps and functions that failed as no fault explains."""
        self.is_calm = False
        """Whether nothing goes wrong in this run."""
        self._commits = 0

    def run(self) -> None:
        """Work until all clerks are done, let everything come to rest, and check; `Violated`."""
        try:
            with self.deployment.use():
                self._work()
                self._come_to_rest()
                self._check("AT_REST")
        finally:
            self.world.close()

    def _work(self) -> None:
        key = open_account(self)
        self.aws.faults = Faults.chosen(self.random)
        self.is_calm = self.aws.faults == Faults()
        # A seed leaves out some steps, so that others happen more often than in a mixture of all.
        steps = [step for step in _declared("workloads", "STEPS") if self.world.chance(0.7)]
        tasks = []
        for number in range(self.random.randint(*CLERKS)):
            clerk = Clerk(self, f"clerk {number + 1}", key)
            chosen = self.random.choices(steps, k=self.random.randint(*STEPS)) if steps else []
            tasks.append(self.world.start(clerk.name, partial(clerk.work, chosen)))
        self.deployment.scheduler.run(lambda: not all(task.ended for task in tasks))
        self.world.run(self._after_each)
        self._pass_time(rounds=self.random.randint(0, 3))
        for task in tasks:
            if task.error:
                raise task.error

    def _pass_time(self, rounds: int) -> None:
        """Let so many ticks come while work is due; nothing happens at those between."""
        for _ in range(rounds):
            instants = [entry.at for some in FakeDueWork(self.store).due(END) for entry in some]
            if not instants:
                return
            until_due = max(0.0, (min(instants) - self.world.now).total_seconds())
            self.world.after(until_due + self.random.uniform(0, 3600), self.deployment.scheduler.tick)
            self.world.run(self._after_each)

    def _come_to_rest(self) -> None:
        """Nothing goes wrong any more, and dead letters are sent again, as an operator does."""
        self.aws.faults.stop()
        self._pass_time(rounds=MOST_TICKS)
        for _ in range(MOST_REDRIVES):
            if sum(queue.redrive() for queue in self.deployment.queues.values()):
                self.world.run(self._after_each)

    def _after_each(self) -> None:
        if self.store.commits != self._commits:
            self._commits = self.store.commits
            self._check("ALWAYS")

    def _check(self, when: str) -> None:
        for check in _declared("invariants", when):
            try:
                check(self)
            except AssertionError as error:
                name = f"{check.__module__.rpartition('.')[2]}.{check.__name__}"
                raise Violated(self.seed, name, str(error), self.world.trace) from error


def _declared(folder: str, name: str) -> Iterator[Callable[[Any], None]]:
    """What the files of a folder declare under a name."""
    for path in sorted((Path(__file__).parent / folder).glob("*.py")):
        yield from getattr(import_module(f"tests.simulation.{folder}.{path.stem}"), name, ())


def _begin(seed: int) -> datetime:
    """Some begin at any time, others shortly before a day, a month and a year end."""
    random = Random(seed)
    before = random.choice([random.uniform(0, 400 * 86400), random.uniform(0, 60), random.uniform(0, 3600)])
    return MIDNIGHT - timedelta(seconds=before)
