"""Public HTML pages: their headers, and telling people from machines."""

import gzip
import re
from collections.abc import Callable
from dataclasses import replace
from urllib.parse import parse_qsl, quote

from invoicing.api.envelope import HttpResponse
from invoicing.api.request import BASE_PATH, Request
from invoicing.domain.invoices.views import Client

PREVIEW = "preview=true"
"""The query of a page's address with which its account looks at it, without being taken for the customer."""

_BOT = re.compile(r"bot|crawl|spider|preview|facebookexternalhit|whatsapp", re.IGNORECASE)
_PREFETCH_HEADERS = ("sec-purpose", "purpose", "x-purpose", "x-moz")


def page(html: str, content_security_policy: str, status: int = 200) -> HttpResponse:
    """An HTML page that no one frames, indexes, caches or learns the address of."""
    return HttpResponse(
        status=status,
        body=html.encode(),
        content_type="text/html; charset=utf-8",
        headers={
            "Content-Security-Policy": content_security_policy,
            "Referrer-Policy": "no-referrer",
            "X-Frame-Options": "DENY",
            "X-Robots-Tag": "noindex, nofollow",
        },
    )


def compressed(answer: HttpResponse, request: Request) -> HttpResponse:
    """A page in a quarter of its bytes for browsers that take gzip, as API Gateway compresses nothing."""
    if "gzip" not in request.headers.get("accept-encoding", ""):
        return replace(answer, headers=answer.headers | {"Vary": "Accept-Encoding"})
    headers = answer.headers | {"Vary": "Accept-Encoding", "Content-Encoding": "gzip"}
    return replace(answer, body=gzip.compress(answer.body, mtime=0), headers=headers, is_binary=True)


def error_pages(
    not_found: Callable[[str], str],
    failure: Callable[[str], str],
    content_security_policy: str,
    expired: Callable[[str, str], str] | None = None,
) -> Callable[[Request, int], HttpResponse]:
    """Says what went wrong on a page, in the browser's language; all renderers take a language tag.

    That of an ``expired`` link also takes the address that orders a new one.
    """

    def error_page(request: Request, status: int) -> HttpResponse:
        if status == 410 and expired:
            token = quote(request.parameters.get("token", ""), safe="")
            html = expired(language(request), f"{BASE_PATH}/i/{token}/portal-link")
        else:
            html = (not_found if status == 404 else failure)(language(request))
        return page(html, content_security_policy, status)

    return error_page


def query_value(request: Request, name: str) -> str | None:
    """A parameter of a page's query; None without it."""
    return dict(parse_qsl(request.query_string, errors="replace")).get(name)


def preview_query(request: Request) -> str:
    """The query of links within the page, so that what its account opens from its preview does not count either."""
    return f"?{PREVIEW}" if request.query_string == PREVIEW else ""


def client_of(request: Request) -> Client | None:
    """What opened this address; None for the account's own preview, which says so by ``preview=true``.

    Bots that can be known say so in the ``User-Agent``, which is looked at and never kept.
    """
    if request.query_string == PREVIEW:
        return None
    if _by_person(request):
        return "browser"
    return "bot" if _BOT.search(request.headers.get("user-agent", "")) else "scanner"


def _by_person(request: Request) -> bool:
    """Whether somebody opened this address in a browser.

    Browsers say so in request headers that pages and scripts cannot set (W3C Fetch Metadata Request Headers).
    Mail scanners, link previews and HEAD requests do not send them; a prefetch marks itself.
    """
    headers = request.headers
    return (
        request.method == "GET"
        and headers.get("sec-fetch-mode") == "navigate"
        and headers.get("sec-fetch-dest") == "document"
        and not any(name in headers for name in _PREFETCH_HEADERS)
    )


def language(request: Request) -> str:
    """The language a browser asks for first; ``en`` when it does not say."""
    return request.headers.get("accept-language", "").partition(",")[0].partition(";")[0].strip() or "en"
