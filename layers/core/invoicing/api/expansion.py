"""Expansion: whole related resources beside a resource, where a query asks for them by name.

They are in a member of their own, so that no other member depends on the query.
"""

from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any, Protocol, cast

from invoicing import exact_json
from invoicing.api.list_page import MOST_BYTES
from invoicing.api.parameters import read_parameters
from invoicing.api.query import EXPAND, EXPANDED, ValueType, expanded_names
from invoicing.dataclass import dataclass
from invoicing.domain.errors import Detail, InvalidRequest, PermissionDenied

if TYPE_CHECKING:
    from invoicing.api.app import ApiRequest
    from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


class Expander(Protocol):
    """A module that expands one type of resource; ``Expanded`` is the typed dict of the member `EXPANDED`."""

    Expanded: type

    def expand(
        self, uow: "UnitOfWork", resources: Sequence[Any], names: Sequence[str], api_url: str, /
    ) -> list[Mapping[str, Any]]:
        """Return the member of each resource, with what the names ask for; `InvalidRequest` as `find_related`."""


@dataclass(frozen=True, slots=True)
class Expandable:
    """What of a resource can be expanded: names, each with the scope that it needs.

    ``module`` is an `Expander`, which is loaded only when something is expanded.
    """

    module: str
    scopes: Mapping[str, str]

    @property
    def kind(self) -> ValueType:
        """The type of the parameter."""
        names = tuple(self.scopes)

        def read(value: str) -> str:
            if not set(names).issuperset(value.split(",")):
                raise ValueError(value)
            return value

        return ValueType(f"one or more of {', '.join(names)}, separated by commas", read)

    @property
    def query(self) -> Mapping[str, ValueType]:
        """The query parameters of an operation that answers with one resource."""
        return {EXPAND: self.kind}

    @property
    def expander(self) -> Expander:
        """The module that expands."""
        return cast(Expander, import_module(self.module))

    def names_in(self, query_string: str) -> tuple[str, ...]:
        """Return the names in the query of such an operation; `InvalidRequest` as `read_parameters`."""
        return expanded_names(read_parameters(query_string, self.query).get(EXPAND))


def expanding[A](
    request: "ApiRequest[Any]",
    of: Expandable,
    names: Sequence[str],
    resources: Sequence[A],
    output: Callable[[A], Mapping[str, Any]],
) -> Callable[[A], Mapping[str, Any]]:
    """Return the output of some resources with what is expanded of each; ``output`` itself where nothing is.

    `InvalidRequest` as `find_related`, and ``QUERY_TOO_BROAD`` for more than can be sent; `PermissionDenied`
    ``INSUFFICIENT_SCOPE`` unless the key may read it.
    """
    if not names:
        return output
    for name in names:
        if not request.caller.may(of.scopes[name]):
            message = f"This key lacks the scope {of.scopes[name]}, which {EXPAND}={name} needs."
            raise PermissionDenied("INSUFFICIENT_SCOPE", message)
    members = of.expander.expand(request.uow, resources, names, request.api_url)
    if sum(len(exact_json.dumps(member)) for member in members) > MOST_BYTES:
        message = "The expanded resources are larger than 5 MB; expand fewer, or read them one by one."
        raise InvalidRequest("QUERY_TOO_BROAD", message, (Detail(EXPAND, message, "QUERY_TOO_BROAD"),))
    by_identity = {id(each): member for each, member in zip(resources, members, strict=True)}
    return lambda resource: {**output(resource), EXPANDED: by_identity[id(resource)]}
