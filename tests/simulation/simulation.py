"""One run: clerks who work at the same time for one account or two, and invariants that hold whatever goes wrong."""

from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache, partial
from importlib import import_module
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any

from invoicing.domain.events.event import Event
from invoicing.domain.parties.account import Account
from invoicing.domain.test_clocks.reading import TEST_CLOCK
from invoicing.domain.test_clocks.test_clock import TestClock
from invoicing.operations.account._own_account import PROFILE
from tests.fake_due_work import FakeDueWork
from tests.simulation.aws import Aws
from tests.simulation.client import Answer, Clerk, Company, open_companies
from tests.simulation.deployment import Deployment
from tests.simulation.faults import Faults
from tests.simulation.world import Task, World

CLERKS = (2, 4)
"""The fewest and the most of a run."""
STEPS = (5, 12)
"""The fewest and the most of a clerk."""

MOST_REDRIVES = 3
"""How often an operator sends dead letters again once nothing fails any more: what is late can be dead again."""

MOST_TICKS = 100
"""More than invoices of a run that are due at different times."""

LONGEST_PAUSE = timedelta(minutes=15)
"""Jobs pause for less."""

LONGEST_FUNCTION = timedelta(minutes=5)
"""What was read so long ago is not written any more."""

END = datetime(2030, 1, 1, tzinfo=UTC)
"""Work that is due later is left."""

MIDNIGHT = datetime(2028, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class ClockState:
    """What a test clock was like from an instant on; None where there was none."""

    since: datetime
    clock: TestClock | None


@dataclass(frozen=True)
class Recorded:
    """An event, and when its transaction took effect."""

    at: datetime
    event: Event


class Violated(Exception):
    """An invariant does not hold; ``trace`` is what happened before."""

    def __init__(self, seed: int, invariant: str, reason: str, trace: list[str]) -> None:
        super().__init__(f"seed {seed}: {invariant}: {reason}")
        self.invariant = invariant
        self.trace = trace


class Simulation:
    """The run of a seed: steps find here what they work with, and invariants what happened.

    ``workloads`` are those that clerks take their steps from; all if none is named.
    """

    def __init__(self, seed: int, workloads: Collection[str] = ()) -> None:
        self.seed = seed
        self.workloads = workloads
        self.world = World(seed, _begin(seed))
        self.random = self.world.random
        self.aws = Aws(self.world, Faults())
        self.deployment = Deployment(self.aws)
        self.store = self.deployment.store.memory
        self.history = self.deployment.store.history
        self.companies: list[Company] = []
        self.clerks: list[Clerk] = []
        self.sent_by: dict[str, Company] = {}
        """Who used an Idempotency-Key."""
        self.answers: defaultdict[str, list[Answer]] = defaultdict(list)
        """All answers to the requests with one Idempotency-Key, whether or not the client got them."""
        self.errors: list[str] = []
        """Steps and functions that failed as no fault explains."""
        self.time_zones: defaultdict[str, list[tuple[datetime, str]]] = defaultdict(list)
        """The time zones that each account had, each with the instant since when."""
        self.clocks: defaultdict[str, list[ClockState]] = defaultdict(list)
        """The states that the test clock of each account had."""
        self.recorded: list[Recorded] = []
        """All events, in the order of their transactions."""
        self.fresh: list[Recorded] = []
        """Those of them that were recorded since invariants were last checked."""
        self.events_of: defaultdict[tuple[str, str], list[Event]] = defaultdict(list)
        """The events of each resource, by account and id, in order."""
        self.sends: dict[str, datetime] = {}
        """For when each send was scheduled, by its key; without an offset in the account's civil time."""
        self.audits: list[Any] = []
        """What the audits of the numbers at rest said."""
        self.is_calm = False
        """Whether nothing goes wrong in this run."""
        self._commits = 0
        self.world.must_look = self._has_news

    def run(self) -> None:
        """Work until all clerks are done, let everything come to rest, and check; `Violated`."""
        try:
            with self.deployment.use():
                self._work()
                self._come_to_rest()
                self._check("AT_REST")
        finally:
            self.world.close()

    def profile(self, account: str) -> Account:
        """An account as it is stored."""
        found: Account = self.store.entities[Account, account, PROFILE]
        return found

    def clock_of(self, account: str) -> TestClock | None:
        """The test clock of an account."""
        clock: TestClock | None = self.store.entities.get((TestClock, account, TEST_CLOCK))
        return clock if clock and clock.exists else None

    def now_of(self, account: str) -> datetime:
        """This instant, by the test clock of an account where it has one."""
        clock = self.clock_of(account)
        return clock.now if clock else self.world.now

    def clocks_of(self, account: str, first: datetime, last: datetime) -> list[TestClock | None]:
        """The states that the test clock of an account had from one instant to another; None where it had none."""
        history = [ClockState(datetime.min.replace(tzinfo=UTC), None), *self.clocks[account]]
        ends = [state.since for state in history[1:]] + [END]
        return [state.clock for state, end in zip(history, ends, strict=True) if state.since <= last and end >= first]

    def time_zones_of(self, account: str, at: datetime) -> list[str]:
        """The time zones that the account of a transaction at an instant may have had."""
        first, last = at - LONGEST_FUNCTION, at + timedelta(seconds=3)
        history = self.time_zones[account]
        ends = [since for since, _ in history[1:]] + [END]
        return [zone for (since, zone), end in zip(history, ends, strict=True) if since <= last and end >= first]

    def _work(self) -> None:
        self.companies = open_companies(self)
        self._take_down()
        self.aws.faults = Faults.chosen(self.random)
        self.is_calm = self.aws.faults == Faults()
        # A seed leaves out some steps, so that others happen more often than in a mixture of all.
        steps = [step for step in _declared("workloads", "STEPS", tuple(self.workloads)) if self.world.chance(0.7)]
        tasks = []
        for number in range(self.random.randint(*CLERKS)):
            clerk = Clerk(self, f"clerk {number + 1}", self.random.choice(self.companies))
            self.clerks.append(clerk)
            chosen = self.random.choices(steps, k=self.random.randint(*STEPS)) if steps else []
            tasks.append(self.world.start(clerk.name, partial(clerk.work, chosen)))
        self.deployment.scheduler.run(lambda: not all(task.ended for task in tasks))
        self.world.run(self.after_each)
        self._pass_time(rounds=self.random.randint(0, 3))
        _raise_errors_of(tasks)

    def _pass_time(self, rounds: int) -> None:
        """Let so many ticks come while work is due; nothing happens at those between."""
        for _ in range(rounds):
            instants = [entry.at for some in FakeDueWork(self.store).due(END) for entry in some]
            if not instants:
                return
            until_due = max(0.0, (min(instants) - self.world.now).total_seconds())
            self.world.after(until_due + self.random.uniform(0, 3600), self.deployment.scheduler.tick)
            self.world.run(self.after_each)

    def _catch_up(self) -> None:
        """Let ticks come until no job goes on in a moment, and nothing is due any more."""
        for _ in range(MOST_TICKS):
            self.deployment.scheduler.tick()
            self.world.run(self.after_each)
            if not any(FakeDueWork(self.store).due(self.world.now + LONGEST_PAUSE)):
                return
            self.world.after(LONGEST_PAUSE.total_seconds(), lambda: None)
            self.world.run(self.after_each)

    def _come_to_rest(self) -> None:
        """Nothing goes wrong any more, and dead letters are sent again, as an operator does."""
        self.aws.faults.stop()
        self._let_clerks_do("CLOSING_STEPS")
        self._catch_up()
        self._check("CAUGHT_UP")
        self._pass_time(rounds=MOST_TICKS)
        for _ in range(MOST_REDRIVES):
            if sum(queue.redrive() for queue in self.deployment.queues.values()):
                self.world.run(self.after_each)
        self._let_clerks_do("LAST_STEPS")

    def _let_clerks_do(self, steps: str) -> None:
        declared = _declared("workloads", steps, ())
        tasks = [self.world.start(clerk.name, partial(clerk.work, declared)) for clerk in self.clerks]
        self.world.run(self.after_each)
        _raise_errors_of(tasks)

    def after_each(self) -> None:
        """Check what always holds, if something was written."""
        if self._has_news():
            self._commits = self.store.commits
            self._take_down()
            self._check("ALWAYS")

    def _has_news(self) -> bool:
        """Whether something was written since it was last looked at."""
        return self.store.commits != self._commits

    def _take_down(self) -> None:
        """Take down the history of what decides over time."""
        for company in self.companies:
            account, zones = self.profile(company.account), self.time_zones[company.account]
            if not zones or zones[-1][1] != account.time_zone:
                zones.append((self.world.now, account.time_zone))
            clock, clocks = self.clock_of(company.account), self.clocks[company.account]
            if clock != (clocks[-1].clock if clocks else None):
                clocks.append(ClockState(self.world.now, clock))
        new = islice(self.store.events.values(), len(self.recorded), None)
        self.fresh = [Recorded(self.world.now, event) for event in new]
        self.recorded += self.fresh
        for event in (each.event for each in self.fresh):
            self.events_of[event.account, event.resource_id].append(event)

    def _check(self, when: str) -> None:
        for check in _declared("invariants", when, ()):
            try:
                check(self)
            except AssertionError as error:
                name = f"{check.__module__.rpartition('.')[2]}.{check.__name__}"
                raise Violated(self.seed, name, str(error), self.world.trace) from error


def _raise_errors_of(tasks: list[Task]) -> None:
    for task in tasks:
        if task.error:
            raise task.error


@cache
def _declared(folder: str, name: str, only: tuple[str, ...]) -> Sequence[Callable[[Any], None]]:
    """What the files of a folder declare under a name; of all files if none is named."""
    names = sorted(path.stem for path in (Path(__file__).parent / folder).glob("*.py"))
    modules = [import_module(f"tests.simulation.{folder}.{each}") for each in names if not only or each in only]
    return [declared for module in modules for declared in getattr(module, name, ())]


def _begin(seed: int) -> datetime:
    """Some begin at any time, others shortly before a day, a month and a year end."""
    random = Random(seed)
    before = random.choice([random.uniform(0, 400 * 86400), random.uniform(0, 60), random.uniform(0, 3600)])
    return MIDNIGHT - timedelta(seconds=before)
