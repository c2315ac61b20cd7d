"""Which addresses webhooks may go to: those of the public internet, and no others.

What is not on the list is refused, since Python's ``is_global`` is true for NAT64, site-local and multicast addresses.
An IPv6 address that carries an IPv4 address is judged by that one.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from urllib.parse import SplitResult, urlsplit

import idna

from invoicing.dataclass import dataclass

LONGEST_URL = 2_048

_V6 = IPv6Network("2000::/3")
"""What is assigned to the public internet."""

_NOT_PUBLIC_V6 = tuple(map(IPv6Network, ("2001::/23", "2001:db8::/32", "2620:4f:8000::/48", "3fff::/20", "2002::/16")))
_NOT_PUBLIC_V4 = tuple(
    IPv4Network(each)
    for each in (
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",
        "127.0.0.0/8",
        "169.254.0.0/16",
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.31.196.0/24",
        "192.52.193.0/24",
        "192.88.99.0/24",
        "192.168.0.0/16",
        "192.175.48.0/24",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/3",
    )
)
_NAT64 = IPv6Network("64:ff9b::/96")
_URL = re.compile(r"[\x21-\x7e]+")
_IN_BRACKETS = re.compile(r"\[[0-9a-fA-F:.]+\](:[0-9]*)?")
"""An IPv6 address with a port or none; urlsplit takes anything around the brackets, and names of the future in them."""

_NUMBER = re.compile(r"(0[xX][0-9a-fA-F]*|[0-9]+)")
_LABEL = re.compile(r"[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?")

Resolve = Callable[[str, int], Iterable[str]]
"""Return the addresses of a name, none where it has none."""


class UrlRefused(ValueError):
    """Webhooks do not go to this URL; the message is the end of a sentence that says why."""


@dataclass(frozen=True, slots=True)
class Target:
    """Where an attempt goes: ``host`` is in ASCII and without brackets, ``path`` has the query."""

    host: str
    port: int
    path: str
    is_https: bool = True

    @property
    def authority(self) -> str:
        """The value of the header ``Host``."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == (443 if self.is_https else 80) else f"{host}:{self.port}"


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public internet; False for what is no address."""
    try:
        found = _unwrapped(ip_address(address))
    except ValueError:
        return False
    if isinstance(found, IPv4Address):
        return not any(found in network for network in _NOT_PUBLIC_V4)
    return found in _V6 and not any(found in network for network in _NOT_PUBLIC_V6)


def _unwrapped(address: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """Return the IPv4 address in a mapped, NAT64 or 6to4 address, and any other as it is."""
    if isinstance(address, IPv4Address):
        return address
    if address in _NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or address


def target_of(url: str, *, allow_localhost: bool = False) -> Target:
    """Return where a URL leads; `UrlRefused`.

    ``allow_localhost``: ``http://localhost`` is taken, too, which only a service on one's own machine does.
    """
    in_ascii = _host_in_ascii(url)
    if len(in_ascii) > LONGEST_URL:
        raise UrlRefused(f"must have at most {LONGEST_URL:,} characters")
    if not _URL.fullmatch(in_ascii):
        raise UrlRefused("must have no spaces and, behind its host, other characters than ASCII as %C3%BC")
    try:
        parts = urlsplit(in_ascii)
        port = parts.port
    except ValueError as error:
        raise UrlRefused("must be a URL such as https://example.com/webhooks") from error
    host = (parts.hostname or "").rstrip(".")
    is_https = parts.scheme == "https"
    is_local = allow_localhost and parts.scheme == "http" and host == "localhost"
    if not is_https and not is_local:
        raise UrlRefused("must begin with https://")
    _require_plain(parts, port)
    if not is_local:
        _require_public_host(host)
    path = parts.path or "/"
    return Target(host, port or (443 if is_https else 80), f"{path}?{parts.query}" if parts.query else path, is_https)


def require_public_url(url: str, resolve: Resolve, *, allow_localhost: bool = False) -> None:
    """Check the URL of a webhook, and the addresses that its name has now; `UrlRefused`.

    A name without addresses is taken: it is looked up again for each attempt.
    """
    target = target_of(url, allow_localhost=allow_localhost)
    if target.is_https and not all(map(is_public, resolve(target.host, target.port))):
        raise UrlRefused("must lead to a public address")


def _host_in_ascii(url: str) -> str:
    """Return a URL with its host as DNS has it, in full width or circled characters too; `UrlRefused`."""
    found = re.match(r"(https?://)([^/?#]*)(.*)", url, re.IGNORECASE | re.DOTALL)
    if found is None:
        raise UrlRefused("must begin with https://")
    scheme, authority, rest = found.groups()
    if not authority.isascii():
        try:
            host, colon, port = unicodedata.normalize("NFKC", authority).partition(":")
            authority = (host if host.isascii() else idna.encode(host, uts46=True).decode()) + colon + port
        except (idna.IDNAError, UnicodeError) as error:
            raise UrlRefused("must have a valid host name") from error
    return f"{scheme.lower()}{authority}{rest}"


def _require_plain(parts: SplitResult, port: int | None) -> None:
    if "@" in parts.netloc:
        raise UrlRefused("must have no user name and no password")
    if "#" in parts.geturl():
        raise UrlRefused("must have no fragment")
    is_odd = "[" in parts.netloc and not _IN_BRACKETS.fullmatch(parts.netloc)
    if port == 0 or "\\" in parts.netloc or "%" in parts.netloc or is_odd:
        raise UrlRefused("must have a valid host and port")


def _require_public_host(host: str) -> None:
    """Refuse literal addresses that are not public, numbers that resolvers take for one, and names of one label."""
    try:
        ip_address(host)
    except ValueError:
        pass
    else:
        if not is_public(host):
            raise UrlRefused("must lead to a public address")
        return
    labels = host.split(".")
    if len(labels) == 1 or labels[-1] == "localhost" or _NUMBER.fullmatch(labels[-1]):
        raise UrlRefused("must lead to a public address")
    if len(host) > 253 or not all(map(_LABEL.fullmatch, labels)):
        raise UrlRefused("must have a valid host name")
