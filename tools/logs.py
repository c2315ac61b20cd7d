"""Shows what the functions of the local stack log, as they log it."""

import time
from typing import Never

from tools.stack import Stack

GROUPS = "/aws/lambda/"
# Lambda's own lines, two to three for every line of ours.
PLATFORM = ("INIT_START", "START RequestId", "END RequestId", "REPORT RequestId")


def follow_logs(stack: Stack) -> Never:
    groups = stack.logs.describe_log_groups(logGroupNamePrefix=GROUPS)["logGroups"]
    followed = [_Group(stack, group["logGroupName"]) for group in groups]
    while True:
        for group in followed:
            for line in group.new_lines():
                print(f"{group.function}: {line}", flush=True)
        time.sleep(1)


class _Group:
    def __init__(self, stack: Stack, name: str) -> None:
        self.logs = stack.logs
        self.name = name
        self.function = name.rpartition("/")[2]
        self.since = int(time.time() * 1000)
        self.shown: set[tuple[int, str]] = set()

    def new_lines(self) -> list[str]:
        events = self.logs.filter_log_events(logGroupName=self.name, startTime=self.since)["events"]
        found = [(event["timestamp"], event["message"].rstrip()) for event in events]
        fresh = [event for event in found if event not in self.shown]
        self.since = max((moment for moment, _ in found), default=self.since)
        # MiniStack's events have no ids: those of the last millisecond will be found again.
        self.shown = {event for event in found if event[0] == self.since}
        return [message for _, message in fresh if not message.startswith(PLATFORM)]
