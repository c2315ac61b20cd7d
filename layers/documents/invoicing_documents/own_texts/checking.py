"""Checks a text when it is saved: it is parsed, tried in all its branches, and rendered once, with a sample."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from invoicing.dataclass import dataclass
from invoicing.domain.errors import Detail
from invoicing_documents.own_texts.budget import DividedByZero, TextFailed
from invoicing_documents.own_texts.parsing import parse
from invoicing_documents.own_texts.rendering import Rendering, finished
from invoicing_documents.own_texts.values import Money, Value, ValueKind, Variable, View, ViewKind, suggestion
from invoicing_documents.own_texts.variables import KINDS
from invoicing_documents.wording import FALLBACK, wording_for

_ITEMS = 3
_VALUES: Mapping[ValueKind, Value] = {
    ValueKind.TEXT: "Sample",
    ValueKind.NUMBER: Decimal(3),
    ValueKind.AMOUNT: Money(Decimal("119.00"), "EUR"),
    ValueKind.DATE: date(2026, 11, 22),
    ValueKind.FLAG: True,
}


@dataclass(frozen=True, slots=True)
class TextProblem:
    """What is wrong with the text of a field: ``code`` is ``TEMPLATE_INVALID`` or ``TEMPLATE_TOO_EXPENSIVE``."""

    field: str
    line: int
    reason: str
    code: str

    @property
    def detail(self) -> Detail:
        """The problem as part of an error."""
        end = "" if self.reason.endswith((".", "?")) else "."
        message = f"Line {self.line}: {self.reason}{end}"
        return Detail(self.field, message, self.code, line=self.line, reason=self.reason)


def check(source: str, field: str, kinds: Mapping[str, ViewKind] = KINDS) -> TextProblem | None:
    """Return the first problem of a text, or None; ``kinds`` are the objects that it sees, by name."""
    variables: dict[str, Value] = {name: _sample(kind) for name, kind in kinds.items()}
    wording = wording_for(FALLBACK)
    try:
        tree = parse(source)
        finished(_Exploration(variables, wording, html=True), tree)
        finished(Rendering(variables, wording, html=True), tree)
    except TextFailed as error:
        return TextProblem(field, error.line, error.reason, error.code)
    return None


class _Exploration(Rendering):
    """Evaluates all branches, so that a wrong name is found wherever it is."""

    def value(self, node: Any) -> Value:
        try:
            return super().value(node)
        except DividedByZero:
            return Decimal(1)  # in a branch that may be there to prevent it; the sample's own branches show the others

    def item(self, of: str | tuple[Value, ...], index: int) -> Value:
        return of[index % len(of)] if of else None

    def _run_if(self, node: Any) -> None:
        for branch in (node, *node.elif_):
            self.value(branch.test)
            self.run(branch.body)
        self.run(node.else_)

    def _run_for(self, node: Any) -> None:
        super()._run_for(node)
        self.run_else(node)

    def _name(self, node: Any) -> Value:
        known = {name: None for scope in self._scopes for name in scope}
        if node.name not in known:
            raise TextFailed(f"there is no {node.name}{suggestion(node.name, known)}")
        return super()._name(node)

    def _and(self, node: Any) -> Value:
        left, right = self.value(node.left), self.value(node.right)
        return left and right

    def _or(self, node: Any) -> Value:
        left, right = self.value(node.left), self.value(node.right)
        return left or right

    def _condexpr(self, node: Any) -> Value:
        test, first = self.value(node.test), self.value(node.expr1)
        other = None if node.expr2 is None else self.value(node.expr2)
        return first if test else other


def _sample(kind: ViewKind) -> View:
    """Return an object in which every field has a value."""
    fields = {name: _sampled(variable) for name, variable in kind.fields.items()}
    return View(ViewKind(kind.name, fields, kind.prints_as), None)


def _sampled(variable: Variable) -> Variable:
    sample: Value = _sample(variable.kind) if isinstance(variable.kind, ViewKind) else _VALUES[variable.kind]
    value = (sample,) * _ITEMS if variable.is_list else sample
    return Variable(variable.kind, variable.meaning, lambda _: value, variable.is_list)
