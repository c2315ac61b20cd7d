"""Files that a function serves as they are."""

import gzip

from invoicing.api.envelope import HttpResponse
from invoicing.api.request import Request
from invoicing.dataclass import dataclass

YEAR = 31_536_000
"""Seconds of a year: as long as caches keep anything."""


@dataclass(frozen=True, slots=True)
class Asset:
    """A file with its media type, compressed with gzip."""

    compressed: bytes
    content_type: str

    @classmethod
    def of(cls, content: bytes, content_type: str) -> "Asset":
        """Return the asset of a file that is not compressed yet."""
        return cls(gzip.compress(content, 6, mtime=0), content_type)

    def response(self, request: Request, *, max_age: int) -> HttpResponse:
        """Return the file, compressed where the client accepts that; caches may keep it for ``max_age`` seconds."""
        headers = {"Cache-Control": f"public, max-age={max_age}", "Vary": "Accept-Encoding"}
        if _takes_gzip(request.headers.get("accept-encoding", "")):
            body, headers["Content-Encoding"] = self.compressed, "gzip"
        else:
            body = gzip.decompress(self.compressed)
        return HttpResponse(status=200, body=body, headers=headers, content_type=self.content_type, is_binary=True)


def _takes_gzip(accepted: str) -> bool:
    """Whether ``Accept-Encoding`` has gzip, and not with the weight 0."""
    for coding in accepted.lower().split(","):
        name, _, weight = coding.replace(" ", "").partition(";q=")
        if name in {"gzip", "*"}:
            return not weight or bool(weight.strip("0."))
    return False
