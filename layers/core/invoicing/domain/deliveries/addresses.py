"""E-mail addresses, as requests normalize them: how they compare, and how mail services take them."""

from collections.abc import Sequence


def each_mailbox_once(*lists: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """Return lists of addresses in which each mailbox is named once, in the first list that names it.

    Upper and lower case are the same mailbox, also before the @.
    """
    seen: set[str] = set()
    return tuple(tuple(address for address in addresses if not _is_among(seen, address)) for addresses in lists)


def _is_among(seen: set[str], address: str) -> bool:
    mailbox = address.lower()
    if mailbox in seen:
        return True
    seen.add(mailbox)
    return False


def in_ascii(address: str) -> str:
    """Return an address with its domain in ASCII (RFC 5891); `ValueError` when it cannot be written so."""
    local, _, domain = address.rpartition("@")
    if domain.isascii():
        return address
    import idna  # noqa: PLC0415 - its tables are large, and few addresses need them

    return f"{local}@{idna.encode(domain).decode()}"
