"""The limits of rendering a text: steps, characters, and the length of one value."""

from typing import Final

LONGEST_SOURCE = 10_000
"""Most characters of a text as its author writes it."""

LONGEST_VALUE = 20_000
"""Most characters of one value, printed or not."""

LONGEST_OUTPUT = 50_000
"""Most characters of a rendered text."""

MOST_CHARACTERS = 200_000
"""Most characters of all values made while a text is rendered."""

MOST_STEPS = 20_000
"""Most nodes evaluated and list items visited while a text is rendered."""

DEEPEST = 30
"""Most levels of parentheses, operators, filters and blocks inside each other."""

INVALID: Final = "TEMPLATE_INVALID"
TOO_EXPENSIVE: Final = "TEMPLATE_TOO_EXPENSIVE"


class TextFailed(Exception):
    """A text cannot be compiled or rendered; ``reason`` is for its author, ``line`` is where, counted from 1.

    A text that was checked can still fail when it is rendered: with 500 lines it gets too long, and a number that was
    not 0 may be. Whoever renders one catches this and takes the default wording: nothing stops because of a text.
    """

    def __init__(self, reason: str, *, line: int = 0, code: str = INVALID) -> None:
        super().__init__(reason)
        self.reason = reason
        self.line = line
        self.code = code

    def __str__(self) -> str:
        return f"line {self.line}: {self.reason}"


class DividedByZero(TextFailed):
    """A number was divided by 0, which another invoice may not do."""


class Budget:
    """What rendering may still use: ``steps``, and characters; ``line`` is where it is."""

    def __init__(self) -> None:
        self.line = 1
        self.steps = MOST_STEPS
        self._characters = MOST_CHARACTERS
        self._output = LONGEST_OUTPUT

    def step(self, count: int = 1) -> None:
        """Take steps, before they are done."""
        self.steps -= count
        if self.steps < 0:
            raise self._exceeded(f"takes more than {MOST_STEPS:,} steps")

    def make(self, length: int) -> None:
        """Take the characters of a value, before it is made where it may be long."""
        self._characters -= length
        if length > LONGEST_VALUE:
            raise self._exceeded(f"makes a value of more than {LONGEST_VALUE:,} characters")
        if self._characters < 0:
            raise self._exceeded(f"makes more than {MOST_CHARACTERS:,} characters")

    def write(self, length: int) -> None:
        """Take characters of the output."""
        self._output -= length
        if self._output < 0:
            raise self._exceeded(f"prints more than {LONGEST_OUTPUT:,} characters")

    def _exceeded(self, what: str) -> TextFailed:
        return TextFailed(f"the text {what}", line=self.line, code=TOO_EXPENSIVE)
