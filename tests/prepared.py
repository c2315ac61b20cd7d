"""What many tests begin with, made once: who comes later finds AWS as it was when it was made."""

import pickle
from collections.abc import Callable
from datetime import UTC, datetime
from functools import wraps

from tests.moto_state import MotoState

_MADE: dict[tuple[object, ...], tuple[MotoState, bytes]] = {}


def prepared[**P, R](make: Callable[P, R]) -> Callable[P, R]:
    """What a fixture makes on AWS, which is not made again: AWS is as it was after it, and so is what it returned.

    It is made anew wherever AWS is in another state before it, or was given something else; and in every hour, as keys
    count the requests of an hour and things bear the date of a day.
    """

    @wraps(make)
    def recall(*given: P.args, **named: P.kwargs) -> R:
        hour = datetime.now(UTC).strftime("%F %H")
        try:
            state = MotoState.now()
        except TypeError:  # the lock of a queue cannot be kept
            return make(*given, **named)
        before = (make.__module__, make.__name__, hour, repr(given), repr(named), state)
        if before not in _MADE:
            made = make(*given, **named)
            _MADE[before] = MotoState.now(), pickle.dumps(made)
            return made
        after, result = _MADE[before]
        after.restore()
        found: R = pickle.loads(result)  # noqa: S301
        return found

    return recall
