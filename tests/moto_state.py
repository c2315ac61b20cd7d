"""All that moto keeps, of every service: taken at one moment, and put back as often as it is needed."""

import pickle
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

from moto.backends import get_backend
from moto.core.base_backend import BackendDict, BaseBackend
from moto.core.botocore_stubber import BotocoreStubber
from moto.core.model_instances import reset_model_data


@dataclass(frozen=True)
class MotoState:
    """What moto has of all services; two are equal when they have the same."""

    content: bytes

    _known: ClassVar["MotoState | None"] = None
    """What it has, while nobody has asked it for anything since this was taken or put back."""
    _is_there: ClassVar[bool] = True
    """Whether that is there already: the first request puts it there, as another state may come before."""

    @classmethod
    def now(cls) -> "MotoState":
        """What it has at this moment."""
        known = cls._known
        if known is None:
            content = pickle.dumps({place: vars(backend) for place, backend in _backends()})
            # Only what was read once is written the same way ever after.
            known = MotoState._known = cls(pickle.dumps(pickle.loads(content)))  # noqa: S301
        return known

    def restore(self) -> None:
        """All services are again as they were then; what was there meanwhile is gone."""
        MotoState._known, MotoState._is_there = self, False

    @classmethod
    def before_request(cls) -> None:
        """Put there what waits to be restored; after the request it may be another state."""
        if cls._known and not cls._is_there:
            state = pickle.loads(cls._known.content)  # noqa: S301
            forget()
            for (service, account, region), kept in state.items():
                backend: Any = get_backend(service)[account][region]
                vars(backend).update(kept)
        MotoState._known, MotoState._is_there = None, True


def forget() -> None:
    """Every service is as on a new account."""
    BackendDict.reset()
    reset_model_data()
    MotoState._known, MotoState._is_there = None, True


def _backends() -> Iterator[tuple[tuple[Any, str, str], BaseBackend]]:
    for services in vars(BackendDict)["_instances"]:
        for account, region, backend in services.iter_backends():
            yield (services.service_name, account, region), backend


_process = BotocoreStubber.process_request


def _process_request(self: BotocoreStubber, request: Any) -> Any:
    MotoState.before_request()
    return _process(self, request)


BotocoreStubber.process_request = _process_request  # type: ignore[method-assign]
