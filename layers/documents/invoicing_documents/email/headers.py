"""Header fields that hold what clients wrote, as lines of ASCII (RFC 5322, RFC 2047).

They are written here because `email` of CPython 3.13.0 folds long names and subjects wrongly (CPython gh-80222). What
is written is parsed back and compared, so that no field says anything but what it was given.
"""

import re
from collections.abc import Sequence
from email.charset import Charset
from email.header import decode_header
from email.parser import BytesParser
from email.policy import compat32
from email.utils import getaddresses
from itertools import repeat

from invoicing.dataclass import dataclass
from invoicing.domain.deliveries.addresses import in_ascii
from invoicing_documents.plain_text import one_line

_LINE = 76  # characters of a line that holds an encoded word (RFC 2047, 2); RFC 5322, 2.1.1, asks for at most 78
_ENCODED_WORD = "=?"  # what one begins with (RFC 2047, 2); parsers decode some even where none may stand
_UTF_8 = Charset("utf-8")
_LOCAL_PART = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]+")
_MISPLACED_DOT = re.compile(r"^\.|\.\.|\.$")  # not a dot-atom (RFC 5322, 3.2.3)
_DOMAIN = re.compile(r"[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*")


@dataclass(frozen=True, slots=True)
class Mailbox:
    """An address in ASCII and its display name, which may be empty; made by `mailbox`."""

    address: str
    name: str


def mailbox(address: str, name: str = "") -> Mailbox:
    """Make the mailbox of an address; `ValueError` when the address cannot be written in ASCII.

    Its domain is written in IDNA form (RFC 5891), because not every server accepts UTF-8. A local part that looks like
    an encoded word is refused: none may stand in an address (RFC 2047, 5), and some parsers decode it.
    """
    local, _, domain = in_ascii(one_line(address)).rpartition("@")
    if not _LOCAL_PART.fullmatch(local) or _ENCODED_WORD in local or not _DOMAIN.fullmatch(domain):
        raise ValueError("an address cannot be written in ASCII")
    if _MISPLACED_DOT.search(local):
        local = f'"{local}"'
    return Mailbox(f"{local}@{domain}", one_line(name))


def header_block(fields: Sequence[tuple[str, str | Sequence[Mailbox]]]) -> bytes:
    """Write header fields, each a text or at least one mailbox; a text becomes one line.

    A line has at most 76 characters unless a single address is longer. `ValueError` when the lines, parsed back, differ
    from the fields.
    """
    wanted = [(name, one_line(value) if isinstance(value, str) else tuple(value)) for name, value in fields]
    block = "".join(_folded(name, _tokens(value, _LINE - len(f"{name}: "))) for name, value in wanted).encode("ascii")
    if _parsed(block, wanted) != wanted:
        raise ValueError("the header does not read back as it was written")
    return block


def _folded(name: str, tokens: list[str]) -> str:
    """Fold a field only at the spaces between tokens; unfolding restores them (RFC 5322, 2.2.3)."""
    lines = [f"{name}: {tokens[0]}"]
    for token in tokens[1:]:
        if len(lines[-1]) + len(f" {token}") > _LINE:
            lines.append("")
        lines[-1] += f" {token}"
    return "".join(f"{line}\r\n" for line in lines)


def _tokens(value: str | tuple[Mailbox, ...], room: int) -> list[str]:
    if isinstance(value, str):
        return _text(value, room)
    tokens: list[str] = []
    for one in value:
        tokens += _mailbox(one, room)
        tokens[-1] += ","
    tokens[-1] = tokens[-1].removesuffix(",")
    return tokens


def _mailbox(one: Mailbox, room: int) -> list[str]:
    return [*_phrase(one.name, room), f"<{one.address}>"] if one.name else [one.address]


def _text(text: str, room: int) -> list[str]:
    """Write unstructured text: its words if each fits into a line as it is, encoded words otherwise."""
    words = text.split(" ")
    return words if _is_plain(text) and max(map(len, words)) <= room else _encoded(text, room)


def _phrase(name: str, room: int) -> list[str]:
    """Write a display name: a quoted string (RFC 5322, 3.2.4) that is never folded, or encoded words (RFC 2047, 5)."""
    quoted = '"{}"'.format(re.sub(r'["\\]', r"\\\g<0>", name))
    return [quoted] if _is_plain(name) and len(quoted) <= room else _encoded(name, room)


def _is_plain(text: str) -> bool:
    return text.isascii() and _ENCODED_WORD not in text


def _encoded(text: str, room: int) -> list[str]:
    """Write encoded words that each fit behind the field name, as B or Q, whichever is shorter, of whole characters."""
    return [word for word in _UTF_8.header_encode_lines(text, repeat(room)) if word]


def _parsed(block: bytes, fields: list[tuple[str, str | tuple[Mailbox, ...]]]) -> list[tuple[str, object]]:
    """Parse the fields as a reader does; text after an empty line has no field name."""
    message = BytesParser(policy=compat32).parsebytes(block)
    lists = {name for name, value in fields if not isinstance(value, str)}
    found: list[tuple[str, object]] = []
    for name, value in message.items():
        line = value.replace("\r\n", "")
        found.append((name, _parsed_mailboxes(line) if name in lists else _decoded(line)))
    if body := message.get_payload():
        found.append(("", body))
    return found


def _parsed_mailboxes(line: str) -> tuple[Mailbox, ...]:
    """Parse mailboxes; names are decoded after the structure (RFC 2047, 6.2)."""
    return tuple(Mailbox(address, _decoded(name)) for name, address in getaddresses([line]))


def _decoded(text: str) -> str:
    parts = decode_header(text)
    return "".join(part if isinstance(part, str) else part.decode(charset or "ascii") for part, charset in parts)
