"""The dashboard: one document with its style sheet and scripts in it, which asks the public API for everything else."""

import base64
import hashlib
from functools import cache
from importlib.resources import files

SCRIPTS = ("api", "elements", "charts", "overview", "lists", "actions", "invoice", "dashboard")
"""The scripts in the order in which they use each other."""


@cache
def dashboard() -> str:
    """Return the page, which is the same for everybody: it has no key and no figure in it."""
    return _file("dashboard.html").replace("STYLE", _style()).replace("SCRIPT", _script())


@cache
def dashboard_policy() -> str:
    """Return its Content-Security-Policy header (CSP 3, Trusted Types).

    Only its own style sheet and script run, by their hashes; it speaks to the API that it came from and to nobody
    else; and no text becomes markup, as the browser refuses every assignment of a text to what parses one.
    """
    return (
        f"default-src 'none'; script-src '{_hash(_script())}'; style-src '{_hash(_style())}'; connect-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; "
        "trusted-types 'none'"
    )


def _style() -> str:
    return _file("dashboard.css")


def _script() -> str:
    return "".join(_file(f"{name}.js") for name in SCRIPTS)


def _file(name: str) -> str:
    return files("invoicing_documents.dashboard").joinpath(name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"
