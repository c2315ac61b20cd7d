"""E-mail addresses, as requests normalize them: how they compare, and how mail services take them."""


def mailbox_of(address: str) -> str:
    """Return the mailbox of an address, which all its spellings share; any text has one.

    Upper and lower case are the same mailbox, also before the @, and so are a domain and its form in ASCII.
    """
    lowered = address.strip().lower()
    try:
        return in_ascii(lowered)
    except ValueError:
        return lowered


def in_ascii(address: str) -> str:
    """Return an address with its domain in ASCII (RFC 5891); `ValueError` when it cannot be written so."""
    local, _, domain = address.rpartition("@")
    if domain.isascii():
        return address
    import idna  # noqa: PLC0415 - its tables are large, and few addresses need them

    return f"{local}@{idna.encode(domain).decode()}"
