"""The Jinja2 environment of the page and the e-mail: HTML is escaped, and a misspelt name is an error.

The layer's build writes the templates as Python modules, so that no cold start has to compile them.
"""

from functools import cache
from pathlib import Path

from jinja2 import (
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    ModuleLoader,
    StrictUndefined,
    Template,
    select_autoescape,
)

FOLDERS = ("email", "page")
COMPILED = "compiled"
"""The folder of the compiled templates, next to their sources."""


@cache
def template(folder: str, name: str) -> Template:
    """Load a template of a folder of this package; ``*.html.j2`` is autoescaped, ``*.txt.j2`` is plain text."""
    return _environment(Path(__file__).parent / folder).get_template(name)


def compile_templates(package: Path) -> None:
    """Compile the templates of a copy of this package to modules."""
    for folder in FOLDERS:
        sources = _environment(package / folder).overlay(loader=FileSystemLoader(package / folder))
        sources.compile_templates(package / folder / COMPILED, extensions=["j2"], zip=None, ignore_errors=False)


@cache
def _environment(folder: Path) -> Environment:
    """Return the environment of a folder: with compiled modules where there are any."""
    return Environment(
        loader=ChoiceLoader([ModuleLoader(folder / COMPILED), FileSystemLoader(folder)]),
        autoescape=select_autoescape(enabled_extensions=("html.j2",), default=False),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
