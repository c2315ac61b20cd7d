"""What `make account` asks the function for, and what it says when it cannot."""

import io
import sys
from typing import Any

import pytest

from tools import deployed
from tools.account import create_account, event_of, main
from tools.ministack import CannotRunError


@pytest.mark.parametrize(
    ("given", "event"),
    [
        ({"name": "Acme Ltd"}, {"name": "Acme Ltd"}),
        ({"name": "Acme", "plan": "enterprise", "rate_limit": "250000"},
         {"name": "Acme", "plan": "enterprise", "rate_limit": 250_000}),
        ({"account": "acc_1", "mode": "live"}, {"account_id": "acc_1", "mode": "live"}),
        ({"account": "acc_1", "mode": "test", "plan": "professional"},
         {"account_id": "acc_1", "mode": "test", "plan": "professional"}),
    ],
)  # fmt: skip
def test_what_is_given_becomes_the_functions_event(given: dict[str, str], event: dict[str, Any]) -> None:
    assert event_of(given) == event


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ([], 'whose key? NAME="Acme Ltd" opens an account, ACCOUNT=acc_… adds a key to one'),
        (["--name", ""], 'whose key? NAME="Acme Ltd" opens an account, ACCOUNT=acc_… adds a key to one'),
        (["--account", "acc_1", "--name", "Acme", "--email", "a@b.example"],
         "ACCOUNT adds a key to an account that exists: leave EMAIL, NAME away"),
        (["--name", "Acme", "--rate_limit", "many"], "RATE_LIMIT=many is not a number of requests per hour"),
        (["--name", "Acme", "--rate_limit", "-5"], "RATE_LIMIT=-5 is not a number of requests per hour"),
    ],
)  # fmt: skip
def test_what_contradicts_itself_is_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], given: list[str], problem: str
) -> None:
    monkeypatch.setattr(sys, "argv", ["account", *given])
    assert main() == 1
    assert capsys.readouterr().err.splitlines() == [f"error: {problem}"]


def test_without_a_running_stack_it_says_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Any
) -> None:
    monkeypatch.setattr(deployed, "FOLDER", tmp_path)
    monkeypatch.setattr(sys, "argv", ["account", "--name", "Acme"])
    assert main() == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("error: no stack runs here")


class Refusing:
    """A Lambda whose function raises."""

    def invoke(self, **_: Any) -> Any:
        return {"Payload": io.BytesIO(b'{"errorMessage": "No such account: acc_1", "errorType": "NotFound"}')}


def test_what_the_function_refuses_is_told_in_its_words() -> None:
    refusing: Any = Refusing()
    with pytest.raises(CannotRunError, match=r"^no key was made: No such account: acc_1$"):
        create_account(refusing, "CreateAccountFunction", {"account_id": "acc_1"})
