"""From a client's text to Jinja2's tree, which is parsed and never compiled."""

from functools import cache, lru_cache
from inspect import signature
from typing import TYPE_CHECKING, Any

from invoicing_documents.own_texts.budget import DEEPEST, LONGEST_SOURCE, TOO_EXPENSIVE, TextFailed
from invoicing_documents.own_texts.filters import FILTERS, TESTS
from invoicing_documents.own_texts.values import suggestion

if TYPE_CHECKING:
    from jinja2.nodes import Template

NODES = frozenset(
    {
        "Output", "TemplateData", "If", "For", "Assign", "With",
        "Const", "Name", "Getattr", "Getitem", "Slice", "List", "Tuple", "Filter", "Keyword", "Test",
        "Add", "Sub", "Mul", "Div", "FloorDiv", "Mod", "Neg", "Pos",
        "Compare", "Operand", "And", "Or", "Not", "Concat", "CondExpr",
    }
)  # fmt: skip
"""The nodes that a text may have, by the names of their classes; `rendering` evaluates them."""

_SPOKEN = {
    "Call": "functions cannot be called; use filters, such as {{ invoice.number|upper }}",
    "Pow": "there is no operator **",
    "Dict": "there are no dictionaries",
    "NSRef": "there are no namespaces",
    "Extends": "there is no {% extends %}",
    "Include": "there is no {% include %}",
    "Import": "there is no {% import %}",
    "FromImport": "there is no {% from %}",
    "Macro": "there is no {% macro %}",
    "CallBlock": "there is no {% call %}",
    "FilterBlock": "there is no {% filter %}",
    "Block": "there is no {% block %}",
    "AssignBlock": "there is no {% set %} with a block; write {% set name = value %}",
    "ScopedEvalContextModifier": "there is no {% autoescape %}",
}
"""Why other nodes are refused."""


@lru_cache(maxsize=8)
def parse(source: str) -> "Template":
    """Return the tree of a text, of nodes, filters and tests that are there; else `TextFailed`.

    The latest are kept, as a tick renders the same texts for many invoices; nobody changes a tree.
    """
    if len(source) > LONGEST_SOURCE:
        raise TextFailed(f"the text has more than {LONGEST_SOURCE:,} characters", line=1, code=TOO_EXPENSIVE)
    from jinja2 import TemplateSyntaxError  # noqa: PLC0415

    try:
        tree: Template = _parser()(source)
    except TemplateSyntaxError as error:
        raise TextFailed(error.message or "this is not a template", line=error.lineno) from None
    except RecursionError:
        raise _too_deep(1) from None
    except ValueError:
        raise TextFailed("a number has too many digits", line=1) from None
    _check_nodes(tree)
    return tree


@cache
def _parser() -> Any:
    """Return Jinja2's parser, which refuses expressions that are nested too deeply; 20 ms to import."""
    from jinja2 import Environment  # noqa: PLC0415
    from jinja2.nodes import Expr  # noqa: PLC0415
    from jinja2.parser import Parser  # noqa: PLC0415

    environment = Environment(autoescape=False, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True)  # noqa: S701

    class _Parser(Parser):
        """Counts levels of parentheses, of which the tree does not tell."""

        depth = 0

        def parse_expression(self, with_condexpr: bool = True) -> Expr:  # noqa: FBT001, FBT002
            self.depth += 1
            if self.depth > DEEPEST:
                raise _too_deep(self.stream.current.lineno)
            found = super().parse_expression(with_condexpr)
            self.depth -= 1
            return found

    return lambda source: _Parser(environment, source).parse()


def _check_nodes(tree: "Template") -> None:
    """Refuse a tree that is too deep or has other nodes; without recursion."""
    waiting: list[tuple[Any, int]] = [(node, 1) for node in tree.body]
    while waiting:
        node, depth = waiting.pop()
        kind = type(node).__name__
        if depth > DEEPEST:
            raise _too_deep(node.lineno)
        if kind not in NODES | {"Scope"}:  # a scope has no line; what it is around is refused
            raise TextFailed(_SPOKEN.get(kind, f"there is no {kind}"), line=node.lineno)
        try:
            _check_form(node, kind)
        except TextFailed as error:
            error.line = node.lineno
            raise
        waiting += [(child, depth + 1) for child in node.iter_child_nodes()]


def _check_form(node: Any, kind: str) -> None:
    if kind in {"For", "Assign"} and type(node.target).__name__ != "Name":
        raise TextFailed("only one name can be set at a time")
    if kind == "For" and node.recursive:
        raise TextFailed("there are no recursive loops")
    if kind == "Slice" and node.step is not None:
        raise TextFailed("a slice has no step")
    if kind in {"Filter", "Test"}:
        _check_arguments(node, kind.lower())


def _check_arguments(node: Any, kind: str) -> None:
    known = FILTERS if kind == "filter" else TESTS
    found = known.get(node.name)
    if found is None:
        raise TextFailed(f"there is no {kind} {node.name}{suggestion(node.name, known)}")
    if node.dyn_args is not None or node.dyn_kwargs is not None:
        raise TextFailed("arguments cannot be unpacked")
    try:
        signature(found.apply).bind(None, None, *node.args, **{each.key: each.value for each in node.kwargs})
    except TypeError as error:
        raise TextFailed(f"the {kind} {node.name} takes other arguments: {error}") from None


def _too_deep(line: int) -> TextFailed:
    return TextFailed(f"more than {DEEPEST} levels inside each other", line=line, code=TOO_EXPENSIVE)
