"""The style sheet that all pages contain, and the policy that allows nothing else."""

import base64
import hashlib
from functools import cache
from importlib.resources import files

from invoicing.domain.templates.template import Template
from invoicing_documents.designs import palette_of


def content_security_policy(template: Template | None = None, *, with_logo: bool = False) -> str:
    """Return the Content-Security-Policy header of pages (CSP 3), those of a template in its colours.

    They have only their own style sheet, by its hash, and send forms to nobody else. A page ``with_logo`` may show
    images that it holds itself, and still none from elsewhere.
    """
    images = " img-src data:;" if with_logo else ""
    digest = base64.b64encode(hashlib.sha256(style(accent_of(template)).encode()).digest()).decode()
    return (
        f"default-src 'none'; style-src 'sha256-{digest}';{images} base-uri 'none'; form-action 'self'; "
        "frame-ancestors 'none'"
    )


def accent_of(template: Template | None) -> str | None:
    """Return the accent colour of a template, None for ours."""
    return template.design.accent_color if template else None


def style(accent_color: str | None = None) -> str:
    """Return the style sheet, with what follows from an accent colour after it.

    Text and panels have their colours of the dark mode whatever the accent is.
    """
    if accent_color is None:
        return _sheet()
    colors = palette_of(accent_color).written()
    light = f":root {{ --accent: {colors['accent']}; --panel: {colors['panel']}; }}"
    own = f":root {{ --area: {colors['area']}; --on-area: {colors['on_area']}; --pressed: {colors['area']}; }}"
    return f"{_sheet()}{own}\n@media (prefers-color-scheme: light) {{ {light} }}\n"


@cache
def _sheet() -> str:
    return files("invoicing_documents.page").joinpath("page.css").read_text(encoding="utf-8")
