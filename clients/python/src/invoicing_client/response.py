"""What the API answers."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any


@dataclass(frozen=True)
class ApiResponse:
    """A response: ``status``, ``headers`` with lower-case names, and ``content``, the bytes of the body."""

    status: int
    headers: Mapping[str, str]
    content: bytes

    @cached_property
    def body(self) -> Any:
        """The body as JSON, with numbers that have decimals as `Decimal`; None if it is something else."""
        if "json" not in self.headers.get("content-type", ""):
            return None
        try:
            return json.loads(self.content, parse_float=Decimal)
        except ValueError:  # somebody on the way wrote it
            return None

    @property
    def data(self) -> Any:
        """The resource, or the list of resources of a page; None without a body of JSON."""
        return self._member("data")

    @property
    def meta(self) -> Any:
        """What is said of the response: ``request_id``, ``pagination`` of lists, ``warnings``."""
        return self._member("meta") or {}

    @property
    def links(self) -> Any:
        """URLs of what is related and possible now; None where an action is not possible."""
        return self._member("links") or {}

    @property
    def warnings(self) -> list[dict[str, Any]]:
        """What was accepted and may be a mistake."""
        return list(self.meta.get("warnings", []))

    @property
    def etag(self) -> str | None:
        """The version of the resource, to be sent as ``If-Match``."""
        return self.headers.get("etag")

    @property
    def request_id(self) -> str | None:
        """The name of the request, to be quoted when a problem is reported."""
        return self.headers.get("x-request-id")

    def _member(self, name: str) -> Any:
        return self.body.get(name) if isinstance(self.body, dict) else None
