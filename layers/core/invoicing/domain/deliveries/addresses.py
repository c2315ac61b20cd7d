"""E-mail addresses, as requests normalize them: how mail services take them."""


def in_ascii(address: str) -> str:
    """Return an address with its domain in ASCII (RFC 5891); `ValueError` when it cannot be written so."""
    local, _, domain = address.rpartition("@")
    if domain.isascii():
        return address
    import idna  # noqa: PLC0415 - its tables are large, and few addresses need them

    return f"{local}@{idna.encode(domain).decode()}"
