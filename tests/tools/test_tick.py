"""What `make tick` says when there is nothing to run, or the function fails."""

import io
import sys
from pathlib import Path
from typing import Any

import pytest

from tools import deployed
from tools.ministack import CannotRunError
from tools.tick import main, tick


def test_without_a_running_stack_it_says_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr(deployed, "FOLDER", tmp_path)
    monkeypatch.setattr(sys, "argv", ["tick", "--stack", ""])
    assert main() == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("error: no stack runs here")


class Lambda:
    """Answers an invocation, and remembers which function it was."""

    def __init__(self, answer: dict[str, Any]) -> None:
        self.invoked: list[str] = []
        self._answer = answer

    def invoke(self, **request: Any) -> dict[str, Any]:
        assert request["Payload"] == b"{}"
        self.invoked.append(request["FunctionName"])
        return self._answer


def test_the_function_of_ticks_is_invoked() -> None:
    functions: Any = Lambda({"StatusCode": 200, "Payload": io.BytesIO(b"null")})
    tick(functions, "start-due-work")
    assert functions.invoked == ["start-due-work"]


def test_a_tick_that_fails_is_told_in_the_functions_words() -> None:
    failure = io.BytesIO(b'{"errorMessage": "The index is gone", "errorType": "ClientError"}')
    functions: Any = Lambda({"FunctionError": "Unhandled", "Payload": failure})
    with pytest.raises(CannotRunError, match=r"^the tick failed: The index is gone$"):
        tick(functions, "start-due-work")
