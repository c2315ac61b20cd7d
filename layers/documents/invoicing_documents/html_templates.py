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
"""The folder of the modules, next to the templates they are made of."""


@cache
def template(folder: str, name: str) -> Template:
    """The template file of a folder of this package; ``*.html.j2`` is autoescaped, ``*.txt.j2`` is plain text."""
    return _environment(Path(__file__).parent / folder).get_template(name)


def compile_templates(package: Path) -> None:
    """Write the templates of a copy of this package as modules."""
    for folder in FOLDERS:
        sources = _environment(package / folder).overlay(loader=FileSystemLoader(package / folder))
        sources.compile_templates(package / folder / COMPILED, extensions=["j2"], zip=None, ignore_errors=False)


@cache
def _environment(folder: Path) -> Environment:
    """What loads the templates of a folder: as modules where there are such."""
    return Environment(
        loader=ChoiceLoader([ModuleLoader(folder / COMPILED), FileSystemLoader(folder)]),
        autoescape=select_autoescape(enabled_extensions=("html.j2",), default=False),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
