"""What goes wrong in a run, and how often; a seed turns some of it off, so that the rest can be seen."""

from dataclasses import dataclass, fields
from random import Random

RATES = (0.0, 0.0, 0.003, 0.01, 0.04)
"""Rates to choose from, for each request or message; many runs are without a certain fault."""

CALM = 0.1
"""Share of the runs in which nothing goes wrong."""


@dataclass(kw_only=True)
class Faults:
    """Probabilities, for each request to AWS unless it says otherwise."""

    crash: float = 0.0
    """The process dies, before the request has an effect or after it."""
    refused: float = 0.0
    """AWS is not available; the request has no effect."""
    answer_lost: float = 0.0
    """The request has its effect, and its answer does not arrive."""
    contention: float = 0.0
    """A transaction is cancelled by one that does not change what it read."""
    slow: float = 0.0
    """The request takes seconds."""
    slow_commit: float = 0.0
    """Of each transaction with events: it takes nearly as long as events take to settle."""
    stale: float = 0.0
    """An index is read as it was some seconds ago."""
    duplicate: float = 0.0
    """Of each message or request of a client: it arrives twice."""
    late: float = 0.0
    """Of each message: it arrives minutes later."""
    mail: float = 0.0
    """Of each e-mail: the mail service refuses it, or takes it without an answer."""

    @classmethod
    def chosen(cls, random: Random) -> "Faults":
        """Choose rates; messages and e-mails are fewer than requests, so they have more. Some runs are calm."""
        if random.random() < CALM:
            return cls()
        often = {"duplicate": 4, "late": 4, "mail": 8, "stale": 8, "contention": 3, "slow_commit": 20}
        return cls(**{field.name: random.choice(RATES) * often.get(field.name, 1) for field in fields(cls)})

    def stop(self) -> None:
        """Let nothing go wrong any more."""
        for field in fields(self):
            setattr(self, field.name, 0.0)
