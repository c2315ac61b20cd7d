"""Checks the own texts and labels of templates; Jinja2 is loaded only where there are texts."""

from collections.abc import Iterator, Mapping
from string import Formatter
from typing import Any

from invoicing.domain.errors import Detail, ValidationFailed
from invoicing.domain.templates.template import TEXTS
from invoicing_documents.own_texts.values import suggestion
from invoicing_documents.wording import FALLBACK, wording_for


def require_template(values: Mapping[str, Any]) -> None:
    """Raise `ValidationFailed` with the first problem of each text that does not work, and of each label.

    ``values`` are fields of a template as they were sent.
    """
    problems = list(_problems(values))
    for tag, own in (values.get("texts_by_locale") or {}).items():
        problems += _problems(own or {}, f"texts_by_locale.{tag}.")
    if problems:
        raise ValidationFailed(*problems)


def _problems(values: Mapping[str, Any], path: str = "") -> Iterator[Detail]:
    yield from _wrong_texts(values, path)
    yield from _wrong_labels(values.get("labels") or {}, path)


def _wrong_texts(values: Mapping[str, Any], path: str) -> Iterator[Detail]:
    texts = [(name, values[name]) for name in TEXTS if values.get(name)]
    if not texts:
        return
    from invoicing_documents.own_texts.checking import check  # noqa: PLC0415
    from invoicing_documents.own_texts.variables import TEMPLATE_KINDS  # noqa: PLC0415

    for name, source in texts:
        if problem := check(source, path + name, TEMPLATE_KINDS):
            yield problem.detail


def _wrong_labels(labels: Mapping[str, str | None], path: str) -> Iterator[Detail]:
    ours = wording_for(FALLBACK).texts
    for key, label in labels.items():
        field = f"{path}labels.{key}"
        if key not in ours:
            reason = f"there is no label {key}{suggestion(key, ours)}"
            yield Detail(field, f"{field}: {reason}{'' if reason.endswith('?') else '.'}", "VALUE_INVALID")
        elif label and (known := _placeholders(ours[key])):
            yield from _wrong_placeholders(field, label, known)


def _wrong_placeholders(field: str, label: str, known: frozenset[str]) -> Iterator[Detail]:
    """Find what is not a plain placeholder: it could read, or pad, more than the values that are filled in."""
    try:
        plain = all(f"{{{name}}}" in label and not spec and not convert for _, name, spec, convert in _fields(label))
        is_right = plain and _placeholders(label) <= known
    except ValueError:
        is_right = False
    if not is_right:
        names = ", ".join(f"{{{name}}}" for name in sorted(known))
        yield Detail(field, f"{field} can have the placeholders {names} and no other braces.", "VALUE_INVALID", label)


def _fields(text: str) -> Iterator[tuple[str, str, str | None, str | None]]:
    return (
        (before, name, spec, convert) for before, name, spec, convert in Formatter().parse(text) if name is not None
    )


def _placeholders(text: str) -> frozenset[str]:
    return frozenset(name for _, name, *_ in _fields(text))
