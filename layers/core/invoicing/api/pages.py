"""Public HTML pages: their headers, and telling people from machines."""

from collections.abc import Callable

from invoicing.api.envelope import HttpResponse
from invoicing.api.request import Request

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


def error_pages(
    not_found: Callable[[str], str], failure: Callable[[str], str], content_security_policy: str
) -> Callable[[Request, int], HttpResponse]:
    """Says what went wrong on a page, in the browser's language; both renderers take a language tag."""

    def error_page(request: Request, status: int) -> HttpResponse:
        render = not_found if status == 404 else failure
        return page(render(language(request)), content_security_policy, status)

    return error_page


def by_person(request: Request) -> bool:
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
