"""Evaluates the tree of a text, node by node, and takes every step and every character from a budget."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from html import escape
from typing import Any

from invoicing_documents.own_texts.budget import Budget, TextFailed
from invoicing_documents.own_texts.filters import FILTERS, TESTS, Setting
from invoicing_documents.own_texts.operators import ARITHMETIC, COMPARISONS, negative
from invoicing_documents.own_texts.parsing import parse
from invoicing_documents.own_texts.values import (
    Value,
    ValueKind,
    Variable,
    View,
    ViewKind,
    kind_of,
    number,
)
from invoicing_documents.plain_text import plain_text
from invoicing_documents.wording import Wording

_LOOP: Mapping[str, tuple[ValueKind, str]] = {
    "index": (ValueKind.NUMBER, "Number of the item, from 1"),
    "index0": (ValueKind.NUMBER, "Number of the item, from 0"),
    "revindex": (ValueKind.NUMBER, "Number of the item from the end, down to 1"),
    "revindex0": (ValueKind.NUMBER, "Number of the item from the end, down to 0"),
    "first": (ValueKind.FLAG, "Whether it is the first item"),
    "last": (ValueKind.FLAG, "Whether it is the last item"),
    "length": (ValueKind.NUMBER, "Number of items"),
}


def _of_loop(name: str, kind: ValueKind, meaning: str) -> Variable:
    def read(at: tuple[int, int]) -> Value:
        index, length = at
        values = {
            "index": index + 1, "index0": index, "revindex": length - index, "revindex0": length - index - 1,
            "first": index == 0, "last": index == length - 1, "length": length,
        }  # fmt: skip
        return bool(values[name]) if kind is ValueKind.FLAG else Decimal(values[name])

    return Variable(kind, meaning, read)


LOOP = ViewKind("loop", {name: _of_loop(name, *said) for name, said in _LOOP.items()}, "index")
"""Where a loop is; its subject is the number of the item from 0, and the number of items."""


class Rendering:
    """One evaluation of a tree; `text` is what it printed."""

    def __init__(self, variables: Mapping[str, Value], wording: Wording, *, html: bool) -> None:
        self.budget = Budget()
        self._setting = Setting(wording, self.budget)
        self._scopes: list[dict[str, Value]] = [dict(variables)]
        self._html = html
        self._printed: list[str] = []

    @property
    def text(self) -> str:
        """The output, without control characters."""
        return plain_text("".join(self._printed))

    def run(self, body: Sequence[Any]) -> None:
        """Evaluate statements; `TextFailed`, with the line."""
        for node in body:
            self._step(node)
            getattr(self, f"_run_{type(node).__name__.lower()}")(node)

    def value(self, node: Any) -> Value:
        """Evaluate an expression."""
        self._step(node)
        kind = type(node).__name__
        if operation := ARITHMETIC.get(kind):
            return self._made(operation(self.value(node.left), self.value(node.right)))
        found: Value = getattr(self, f"_{kind.lower()}")(node)
        return found

    def _step(self, node: Any) -> None:
        self.budget.line = node.lineno
        self.budget.step()

    def _made(self, value: Value) -> Value:
        if isinstance(value, str):
            self.budget.make(len(value))
        return value

    def _print(self, text: str) -> None:
        self.budget.write(len(text))
        self._printed.append(text)

    def _run_output(self, node: Any) -> None:
        for part in node.nodes:
            if type(part).__name__ == "TemplateData":
                self._print(part.data)
            else:
                text = self._setting.write(self.value(part))
                self._print(escape(text) if self._html else text)

    def _run_if(self, node: Any) -> None:
        for branch in (node, *node.elif_):
            if self.value(branch.test):
                self.run(branch.body)
                return
        self.run(node.else_)

    def _run_for(self, node: Any) -> None:
        items = self._items(self.value(node.iter))
        if node.test is not None:
            items = [item for item in items if self._in_scope({node.target.name: item}, self.value, node.test)]
        for index, item in enumerate(items):
            self.budget.step()
            loop = View(LOOP, (index, len(items)))
            self._in_scope({node.target.name: item, "loop": loop}, self.run, node.body)
        if not items:
            self.run_else(node)

    def run_else(self, node: Any) -> None:
        """Run what a loop without items has instead, in a scope of its own."""
        self._in_scope({}, self.run, node.else_)

    def _run_assign(self, node: Any) -> None:
        self._scopes[-1][node.target.name] = self.value(node.node)

    def _run_with(self, node: Any) -> None:
        values = [self.value(each) for each in node.values]
        names = [target.name for target in node.targets]
        self._in_scope(dict(zip(names, values, strict=True)), self.run, node.body)

    def _in_scope(self, names: dict[str, Value], evaluate: Any, node: Any) -> Any:
        self._scopes.append(names)
        try:
            return evaluate(node)
        finally:
            self._scopes.pop()

    def _items(self, value: Value) -> Sequence[Value]:
        if value is None:
            return ()
        if isinstance(value, tuple):
            return value
        raise TextFailed(f"{kind_of(value)} is not a list", line=self.budget.line)

    def _const(self, node: Any) -> Value:
        value = node.value
        if value is None or isinstance(value, bool | str):
            return value
        return number(value)

    def _name(self, node: Any) -> Value:
        for scope in reversed(self._scopes):
            if node.name in scope:
                return scope[node.name]
        return None

    def _getattr(self, node: Any) -> Value:
        return self._field(self.value(node.node), node.attr)

    def _getitem(self, node: Any) -> Value:
        holder = self.value(node.node)
        if type(node.arg).__name__ == "Slice":
            return self._slice(holder, node.arg)
        key = self.value(node.arg)
        if isinstance(key, str):
            return self._field(holder, key)
        if isinstance(holder, str | tuple) and isinstance(key, Decimal) and key == int(key):
            return self.item(holder, int(key))
        if holder is None:
            return None
        raise TextFailed(f"{kind_of(holder)} has no item {kind_of(key)}")

    def item(self, of: str | tuple[Value, ...], index: int) -> Value:
        """Return an item of a list, or a character of a text; None beyond its ends."""
        return of[index] if -len(of) <= index < len(of) else None

    def _slice(self, holder: Value, node: Any) -> Value:
        start, stop = (None if bound is None else self.value(bound) for bound in (node.start, node.stop))
        for bound in (start, stop):
            if bound is not None and not (isinstance(bound, Decimal) and bound == int(bound)):
                raise TextFailed("a slice is from one whole number to another")
        if holder is None:
            return None
        if not isinstance(holder, str | tuple):
            raise TextFailed(f"{kind_of(holder)} cannot be sliced")
        ends = [None if bound is None else int(bound) for bound in (start, stop)]  # type: ignore[arg-type]
        part = holder[slice(*ends)]
        self.budget.step(len(part) if isinstance(part, tuple) else 0)
        return self._made(part)

    def _field(self, holder: Value, name: str) -> Value:
        if holder is None:
            return None
        if isinstance(holder, View):
            return holder.read(name)
        raise TextFailed(f"{kind_of(holder)} has no {name}")

    def _list(self, node: Any) -> Value:
        items = tuple(self.value(item) for item in node.items)
        if any(isinstance(item, tuple) for item in items):
            raise TextFailed("a list cannot have lists in it")
        return items

    _tuple = _list

    def _filter(self, node: Any) -> Value:
        return self._made(self._applied(FILTERS, node))

    def _test(self, node: Any) -> Value:
        return self._applied(TESTS, node)

    def _applied(self, known: Mapping[str, Any], node: Any) -> Value:
        value = self.value(node.node)
        given = [self.value(argument) for argument in node.args]
        named = {each.key: self.value(each.value) for each in node.kwargs}
        self.budget.line = node.lineno
        found: Value = known[node.name].apply(self._setting, value, *given, **named)
        return found

    def _neg(self, node: Any) -> Value:
        return negative(self.value(node.node))

    def _pos(self, node: Any) -> Value:
        return negative(negative(self.value(node.node)))

    def _compare(self, node: Any) -> Value:
        left, holds = self.value(node.expr), True
        for operand in node.ops:
            right = self.value(operand.expr)
            if isinstance(right, tuple):
                self.budget.step(len(right))
            holds = holds and COMPARISONS[operand.op](left, right)
            left = right
        return holds

    def _and(self, node: Any) -> Value:
        return self.value(node.left) and self.value(node.right)

    def _or(self, node: Any) -> Value:
        return self.value(node.left) or self.value(node.right)

    def _not(self, node: Any) -> Value:
        return not self.value(node.node)

    def _condexpr(self, node: Any) -> Value:
        if self.value(node.test):
            return self.value(node.expr1)
        return None if node.expr2 is None else self.value(node.expr2)

    def _concat(self, node: Any) -> Value:
        parts = [self._setting.write(self.value(part)) for part in node.nodes]
        self.budget.make(sum(map(len, parts)))
        return "".join(parts)


def render_text(source: str, variables: Mapping[str, Value], wording: Wording, *, html: bool = False) -> str:
    """Return what a text prints: plain text, or with ``html`` the text as it is and the values in it escaped.

    Values are written in the language of the wording, and never compiled. `TextFailed` when the text does not compile,
    gets too long, takes too many steps or fails with these values: take the default wording then, and record it.
    """
    return finished(Rendering(variables, wording, html=html), parse(source)).text


def finished[R: Rendering](rendering: R, tree: Any) -> R:
    """Run a rendering to its end; `TextFailed` gets the line where it was."""
    try:
        rendering.run(tree.body)
    except TextFailed as error:
        error.line = error.line or rendering.budget.line
        raise
    return rendering
