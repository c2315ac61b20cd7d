"""All that moto keeps, of every service: taken at one moment, and put back as often as it is needed."""

import pickle
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from moto.backends import get_backend
from moto.core.base_backend import BackendDict, BaseBackend
from moto.core.model_instances import reset_model_data


@dataclass(frozen=True)
class MotoState:
    """What moto has of all services; two are equal when they have the same."""

    content: bytes

    @classmethod
    def now(cls) -> "MotoState":
        """What it has at this moment."""
        content = pickle.dumps({place: vars(backend) for place, backend in _backends()})
        # Only what was read once is written the same way ever after.
        return cls(pickle.dumps(pickle.loads(content)))  # noqa: S301

    def restore(self) -> None:
        """All services are again as they were then; what was there meanwhile is gone."""
        forget()
        for (service, account, region), state in pickle.loads(self.content).items():  # noqa: S301
            backend: Any = get_backend(service)[account][region]
            vars(backend).update(state)


def forget() -> None:
    """Every service is as on a new account."""
    BackendDict.reset()
    reset_model_data()


def _backends() -> Iterator[tuple[tuple[Any, str, str], BaseBackend]]:
    for services in vars(BackendDict)["_instances"]:
        for account, region, backend in services.iter_backends():
            yield (services.service_name, account, region), backend
