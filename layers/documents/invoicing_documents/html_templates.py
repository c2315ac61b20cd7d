"""The Jinja2 environment of the page and the e-mail: HTML is escaped, and a misspelt name is an error."""

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, Template, select_autoescape


@cache
def template(folder: str, name: str) -> Template:
    """The template file of a folder of this package; ``*.html.j2`` is autoescaped, ``*.txt.j2`` is plain text."""
    return _environment(folder).get_template(name)


@cache
def _environment(folder: str) -> Environment:
    return Environment(
        loader=PackageLoader("invoicing_documents", folder),
        autoescape=select_autoescape(enabled_extensions=("html.j2",), default=False),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
