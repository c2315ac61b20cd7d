"""`make rebuild-totals`: proves the running totals of an account's reports, on the stack that runs here or on AWS."""

import argparse
import json
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from tools.deployed import deployed_function
from tools.ministack import CannotRunError

if TYPE_CHECKING:
    from mypy_boto3_lambda import LambdaClient

PATIENCE = Config(read_timeout=910, retries={"total_max_attempts": 1})
"""The function works for up to 15 minutes, and a second run beside it would be of no use."""

MOST_NAMED = 20
"""Totals that differ which are printed by name."""


def rebuild_totals(functions: "LambdaClient", function: str, wanted: Mapping[str, Any]) -> dict[str, Any]:
    """What the function answers, as `operations.reports.rebuild_totals.Rebuilt`."""
    answer = functions.invoke(FunctionName=function, Payload=json.dumps(wanted))
    found: dict[str, Any] = json.load(answer["Payload"])
    if "equal" not in found:
        raise CannotRunError(f"nothing was compared: {found.get('errorMessage', found)}")
    return found


def event_of(account: str, mode: str, repair: str) -> dict[str, Any]:
    """The function's event for what the command line says; `CannotRunError` without an account."""
    if not account:
        raise CannotRunError("whose totals? ACCOUNT=acc_… names the account")
    return {"account_id": account, "mode": mode or "test", "repair": repair == "yes"}


def told(found: Mapping[str, Any]) -> list[str]:
    """The lines that are printed."""
    differing = found["differing"]
    lines = [
        f"entries        {found['entries']:,}",
        f"posted now     {found['posted_now']:,}",
        f"totals equal   {found['equal']:,}",
        f"totals differ  {len(differing):,}, of which repaired: {found['repaired']:,}",
    ]
    lines += [f"  {total}" for total in differing[:MOST_NAMED]]
    if len(differing) > MOST_NAMED:
        lines.append(f"  and {len(differing) - MOST_NAMED:,} more")
    if found["changing"]:
        lines.append(f"{found['changing']:,} totals changed during the run: run it again to compare them.")
    if len(differing) > found["repaired"]:
        lines.append("Run it with REPAIR=yes to write those that differ as the ledger says.")
    return lines


def main() -> int:
    """Compare what the command line names; 1 where totals differ and are not repaired."""
    arguments = argparse.ArgumentParser(description=__doc__)
    for name in ("account", "mode", "repair"):
        arguments.add_argument(f"--{name}")
    arguments.add_argument("--stack", help="a stack on AWS; without it, the one that runs here")
    given = arguments.parse_args()
    try:
        wanted = event_of(given.account, given.mode, given.repair)
        functions, function = deployed_function(given.stack, "RebuildTotalsFunction", PATIENCE)
        found = rebuild_totals(functions, function, wanted)
    except (BotoCoreError, ClientError, CannotRunError) as problem:
        print(f"error: {problem}", file=sys.stderr)
        return 1
    print("\n".join(told(found)))
    return int(len(found["differing"]) > found["repaired"])


if __name__ == "__main__":
    sys.exit(main())
