"""How a table is written, for programs that expect it otherwise than RFC 4180 says."""

from typing import Literal

from invoicing.dataclass import dataclass

Delimiter = Literal[",", ";", "\t"]
DecimalSign = Literal[".", ","]


@dataclass(frozen=True, slots=True, kw_only=True)
class Writing:
    """How the texts of a table are written; ``bom`` is the byte order mark by which some programs know UTF-8."""

    bom: bool = False
    delimiter: Delimiter = ","
    decimal: DecimalSign = "."
