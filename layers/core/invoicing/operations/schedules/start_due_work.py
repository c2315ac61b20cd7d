"""A tick: queue everything that is due."""

from datetime import datetime

from invoicing.operations.unit_of_work.ports import DueWorkIndex, DueWorkQueue


def start_due_work(index: DueWorkIndex, queue: DueWorkQueue, now: datetime) -> int:
    """Queue what is due and return how many entries it was; what is queued twice is done once.

    Work that is not done by the next tick is queued again, so nothing is lost with a message.
    """
    count = 0
    for entries in index.due(now):
        queue.send(entries)
        count += len(entries)
    return count
