"""A world whose time and chance come from a seed: tasks take turns, exactly one runs, and a seed is always one run.

A task is a thread that has the baton until it sleeps; then time goes on to whatever is next on the agenda. So tasks
interleave where they sleep, which is around every request to AWS (`tests.simulation.aws`), and nowhere else.
"""

import _thread
import heapq
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import count
from random import Random
from typing import Any


class Killed(BaseException):
    """The process of this task ended here; no handler catches it, as none would."""


class World:
    """Time, chance and the tasks of one run."""

    def __init__(self, seed: int, now: datetime) -> None:
        self.random = Random(seed)
        self.now = now
        self.trace: list[str] = []
        self.current: Task | None = None
        self.tasks: set[Task] = set()
        self.must_look: Callable[[], bool] = lambda: True
        """Whether somebody looks at what has happened before time goes on."""
        self._agenda: list[tuple[datetime, int, Callable[[], None]]] = []
        self._order = count()

    def chance(self, rate: float) -> bool:
        """Whether something happens that has this probability."""
        return self.random.random() < rate

    def note(self, text: str) -> None:
        """Add a line to the trace."""
        name = self.current.name if self.current else "world"
        self.trace.append(f"{self.now:%d %H:%M:%S.%f} {name}: {text}")

    def after(self, seconds: float, act: Callable[[], None]) -> None:
        """Put an act on the agenda."""
        heapq.heappush(self._agenda, (self.now + timedelta(seconds=seconds), next(self._order), act))

    def start(self, name: str, work: Callable[[], Any], *, lives: float | None = None) -> "Task":
        """Start a task; with ``lives``, it is killed at its first sleep after that many seconds."""
        task = Task(self, name, work, None if lives is None else self.now + timedelta(seconds=lives))
        self.tasks.add(task)
        self.after(0, task.resume)
        return task

    def sleep(self, seconds: float) -> None:
        """Let the current task sleep; others run meanwhile. It keeps the baton where nothing happens until it wakes."""
        task, until = self._running(), self.now + timedelta(seconds=seconds)
        if self.must_look() or (self._agenda and self._agenda[0][0] <= until):
            self.after(seconds, task.resume)
            task.pause()
        else:
            self.now = until
            task.live()

    def wait_for(self, other: "Task", seconds: float) -> None:
        """Let the current task sleep until another one ended, but no longer than this."""
        if not other.ended:
            self.wait_until(other.when_ended, seconds)

    def wait_until(self, when: Callable[[Callable[[], None]], object], seconds: float) -> None:
        """Let the current task sleep until what it gives to ``when`` is called, but no longer than this."""
        task, woken = self._running(), [False]

        def wake() -> None:
            if not woken[0]:
                woken[0] = True
                task.resume()

        when(wake)
        self.after(seconds, wake)
        task.pause()

    def run(self, after_each: Callable[[], None]) -> None:
        """Do what is on the agenda until it is empty."""
        while self._agenda:
            self.now, _, act = heapq.heappop(self._agenda)
            act()
            after_each()

    def close(self) -> None:
        """Kill what still runs."""
        self._agenda.clear()
        for task in list(self.tasks):
            task.kill()

    def _running(self) -> "Task":
        if self.current is None:
            raise RuntimeError("only a task can sleep")
        return self.current


class Task:
    """A thread of the world; after it ended, it has a ``result``, an ``error``, or was killed and has neither."""

    def __init__(self, world: World, name: str, work: Callable[[], Any], dies_at: datetime | None) -> None:
        self.name = name
        self.clock_skew = timedelta(milliseconds=world.random.randint(-100, 100))
        self.result: Any = None
        self.error: Exception | None = None
        self.ended = False
        self.killed = False
        self._world = world
        self._work = work
        self._dies_at = dies_at
        self._when_ended: list[Callable[[], None]] = []
        self._go, self._paused = _thread.allocate_lock(), _thread.allocate_lock()
        self._go.acquire()
        self._paused.acquire()
        self._thread: threading.Thread | None = None

    def resume(self) -> None:
        """Hand it the baton, until it sleeps or ends."""
        if self.ended:
            return
        before, self._world.current = self._world.current, self
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, daemon=True)
            self._thread.start()
        else:
            self._go.release()
        self._paused.acquire()
        self._world.current = before

    def pause(self) -> None:
        """Give the baton back, and wait for it; `Killed` when there is nobody to come back."""
        self._paused.release()
        self._go.acquire()
        self.live()

    def live(self) -> None:
        """Go on after a sleep; `Killed` when its time is over."""
        if self.killed or (self._dies_at and self._world.now > self._dies_at):
            raise Killed

    def kill(self) -> None:
        """End it where it sleeps."""
        self.killed = True
        if self._thread is None:
            self._end()
        while not self.ended:
            self.resume()

    def when_ended(self, act: Callable[[], None]) -> None:
        """Put an act on the agenda when it ends."""
        self._when_ended.append(act)

    def _run(self) -> None:
        try:
            self.result = self._work()
        except Killed:
            self.killed = True
        except Exception as error:  # noqa: BLE001 - who waits for it decides what an error means
            self.error = error
        self._end()
        self._paused.release()

    def _end(self) -> None:
        self.ended = True
        self._world.tasks.discard(self)
        for act in self._when_ended:
            self._world.after(0, act)
