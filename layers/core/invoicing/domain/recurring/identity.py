"""The identifier of the invoice of a date."""

from datetime import UTC, date, datetime, time
from hashlib import sha256

_RANDOM_BITS = 74


def invoice_id_of(schedule_id: str, occurrence_date: date) -> str:
    """Return the identifier of the one invoice that a schedule makes for a date.

    A version 8 UUID (RFC 9562, 5.8) in hex: like one of version 7 it begins with a time in milliseconds, here that of
    the date, so that invoices of a schedule sort by date; what is random there follows from schedule and date.
    """
    begin = datetime.combine(occurrence_date, time.min, UTC)
    milliseconds = max(int(begin.timestamp()) * 1000, 0)
    digest = sha256(f"{schedule_id}/{occurrence_date.isoformat()}".encode()).digest()
    bits = int.from_bytes(digest) >> (256 - _RANDOM_BITS)
    custom_b, custom_c = divmod(bits, 1 << 62)
    return f"inv_{milliseconds:012x}8{custom_b:03x}{0b10 << 62 | custom_c:016x}"
