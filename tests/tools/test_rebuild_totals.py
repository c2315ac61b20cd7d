"""What `make rebuild-totals` asks the function for, and what it says of the answer."""

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from tools import deployed
from tools import rebuild_totals as tool
from tools.ministack import CannotRunError

FOUND = {"entries": 12345, "posted_now": 0, "equal": 700, "differing": [], "repaired": 0, "changing": 0}


class Lambda:
    """Answers an invocation, and remembers what it was asked."""

    def __init__(self, answer: dict[str, Any]) -> None:
        self.asked: dict[str, Any] = {}
        self._answer = answer

    def invoke(self, **request: Any) -> dict[str, Any]:
        self.asked = json.loads(request["Payload"])
        return {"Payload": io.BytesIO(json.dumps(self._answer).encode())}


def run(monkeypatch: pytest.MonkeyPatch, answer: dict[str, Any], *arguments: str) -> tuple[int, dict[str, Any]]:
    functions = Lambda(answer)
    monkeypatch.setattr(tool, "deployed_function", lambda *_: (functions, "rebuild"))
    monkeypatch.setattr(sys, "argv", ["rebuild_totals", "--account", "acc_1", "--repair", "", *arguments])
    return tool.main(), functions.asked


def test_what_is_equal_ends_well(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    status, asked = run(monkeypatch, FOUND, "--mode", "live")
    assert (status, asked) == (0, {"account_id": "acc_1", "mode": "live", "repair": False})
    assert capsys.readouterr().out.splitlines() == [
        "entries        12,345", "posted now     0", "totals equal   700", "totals differ  0, of which repaired: 0"
    ]  # fmt: skip


def test_what_differs_is_named_and_ends_badly(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    differing = [f"day#2026-01-{day:02}#USD" for day in range(1, 26)]
    assert run(monkeypatch, FOUND | {"differing": differing, "changing": 3})[0] == 1
    printed = capsys.readouterr().out
    for text in ("differ  25", "day#2026-01-20#USD", "and 5 more", "3 totals changed", "REPAIR=yes"):
        assert text in printed
    assert "2026-01-21" not in printed


def test_what_is_repaired_ends_well(monkeypatch: pytest.MonkeyPatch) -> None:
    status, asked = run(monkeypatch, FOUND | {"differing": ["a", "b"], "repaired": 2}, "--repair", "yes")
    assert (status, asked["repair"]) == (0, True)


def test_what_the_function_refuses_is_told_in_its_words() -> None:
    refusing: Any = Lambda({"errorMessage": "There is no account acc_1."})
    with pytest.raises(CannotRunError, match=r"^nothing was compared: There is no account acc_1\.$"):
        tool.rebuild_totals(refusing, "rebuild", {})


@pytest.mark.parametrize(("account", "problem"), [("", "whose totals?"), ("acc_1", "no stack runs here")])
def test_what_cannot_run_is_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path, account: str, problem: str
) -> None:
    monkeypatch.setattr(deployed, "FOLDER", tmp_path)
    monkeypatch.setattr(sys, "argv", ["rebuild_totals", "--account", account, "--stack", ""])
    assert tool.main() == 1
    assert capsys.readouterr().err.startswith(f"error: {problem}")
