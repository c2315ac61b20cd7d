"""Identifiers and secrets; use cases receive these functions as arguments."""

import secrets
import time


def new_id(prefix: str) -> str:
    """``prefix_`` and a version 7 UUID in hex (RFC 9562): unique, and sorts by time of creation."""
    milliseconds = time.time_ns() // 1_000_000
    random_a = 0x7000 | secrets.randbits(12)
    random_b = (0b10 << 62) | secrets.randbits(62)
    return f"{prefix}_{milliseconds:012x}{random_a:04x}{random_b:016x}"


def new_secret() -> str:
    """A text of 192 random bits, safe in a URL."""
    return secrets.token_urlsafe(24)
