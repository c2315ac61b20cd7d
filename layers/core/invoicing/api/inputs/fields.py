"""Field types of request bodies, each with its limits and error code."""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from pydantic import AfterValidator, Field, PlainValidator, StringConstraints, WithJsonSchema
from pydantic_core import PydanticCustomError

from invoicing.domain.errors import Detail, ValidationFailed
from invoicing.domain.lists.metadata import MOST_SEARCHABLE
from invoicing.domain.merging import Merge
from invoicing.domain.money.amounts import EXACT, MAX_DIGITS
from invoicing.domain.money.currencies import EXPONENTS
from invoicing.domain.parties.countries import COUNTRIES, OTHER_CODES

MAX_DECIMALS = 6
MAX_PRICE_DECIMALS = 10
LONGEST_WORD = 100
LONGEST_DESCRIPTION = 2000
MOST_METADATA = 50
ZERO = Decimal(0)
_DECIMAL = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?")
_WHOLE = re.compile(r"0|[1-9][0-9]{0,17}")
_LOCALE = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?(-u-nu-[a-z]{3,8})?")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def _exact(value: Any) -> Decimal | None:
    if type(value) is int or (type(value) is str and _DECIMAL.fullmatch(value)):
        return Decimal(value)
    return None


def _digits(most: Decimal, decimals: int) -> str:
    """Say the limit of digits where a number within the other limits could exceed it."""
    return f" and {MAX_DIGITS} significant digits" if len(f"{most:f}") + decimals > MAX_DIGITS else ""


def _shortest(number: Decimal, step: Decimal) -> Decimal | None:
    """Return the number without the zeros at its end; None where it has more decimals than the step, or more digits."""
    trimmed = number.quantize(step, context=EXACT)
    shortest = trimmed.normalize(EXACT)
    return shortest if trimmed == number and len(shortest.as_tuple().digits) <= MAX_DIGITS else None


def number_check(
    code: str,
    least: Decimal,
    most: Decimal,
    *,
    above: bool = False,
    nonzero: bool = False,
    decimals: int = MAX_DECIMALS,
    hint: str = "",
) -> Callable[[Any], Decimal]:
    """Make a check for exact numbers of at most so many ``decimals``, and of at most `MAX_DIGITS` significant digits.

    JSON numbers and decimal strings such as ``"150.00"`` are numbers; ``true`` is not. ``least`` is excluded if
    ``above``, and 0 if ``nonzero``; ``hint`` ends the message of a wrong number.
    """
    limits = f"above {least:,} and at most {most:,}" if above else f"from {least:,} to {most:,}"
    limits = f"other than 0, {limits}" if nonzero else limits
    wording = f"a number {limits}, with at most {decimals} decimals{_digits(most, decimals)}{hint}"
    smallest_step = Decimal(1).scaleb(-decimals)

    def wrong() -> PydanticCustomError:
        return PydanticCustomError(code, "must be {wording}", {"wording": wording})

    def check(value: Any) -> Decimal:
        number = value if type(value) is Decimal else _exact(value)
        if number is None or not (least < number if above else least <= number) or number > most:
            raise wrong()
        if not number:
            if nonzero:
                raise wrong()
            return ZERO  # without its sign and exponent
        digits = str(number)
        if len(digits) <= decimals and "E" not in digits:
            return number
        if (shortest := _shortest(number, smallest_step)) is None:
            raise wrong()
        return shortest

    return check


def merge_metadata(changes: dict[str, str | None] | None) -> Merge | dict[str, str]:
    """Convert changes of metadata for the use cases; None removes all of it."""
    return {} if changes is None else Merge(changes, _metadata)


def _metadata(**entries: str) -> dict[str, str]:
    if len(entries) > MOST_METADATA:
        message = f"metadata must have at most {MOST_METADATA} entries, those that stay included."
        raise ValidationFailed(Detail("metadata", message, "TOO_MANY"))
    return entries


def form_check(pattern: re.Pattern[str], code: str, message: str) -> Callable[[str], str]:
    """Make a check for texts of a form; the message says the form in words."""

    def check(value: str) -> str:
        if not pattern.fullmatch(value):
            raise PydanticCustomError(code, "{message}", {"message": message})
        return value

    return check


def _email(value: str) -> str:
    """Normalize an address: the part before the @ as it was sent, the domain in lower case and Unicode."""
    # 30 ms that only functions which are sent an address pay.
    from email_validator import EmailNotValidError, validate_email  # noqa: PLC0415

    if not value.rpartition("@")[0].isascii():
        raise PydanticCustomError(
            "EMAIL_INVALID", "must have only ASCII characters before the @; mail cannot be sent to other addresses"
        )
    wrong = PydanticCustomError("EMAIL_INVALID", "must be an e-mail address such as name@example.com")
    if "=?" in value:  # looks like an encoded word (RFC 2047, 2), which no e-mail's header can hold
        raise wrong
    try:
        return validate_email(value, check_deliverability=False, strict=True, test_environment=True).normalized
    except EmailNotValidError:
        raise wrong from None


def _currency(value: str) -> str:
    if value not in EXPONENTS:
        raise PydanticCustomError("CURRENCY_INVALID", "must be an ISO 4217 currency code such as USD")
    return value


def _country(value: str) -> str:
    if value not in COUNTRIES:
        hint = f"; use {OTHER_CODES[value]} for {value}" if value in OTHER_CODES else ""
        message = "must be an ISO 3166-1 country code such as US{hint}"
        raise PydanticCustomError("COUNTRY_INVALID", message, {"hint": hint})
    return value


def _date(value: Any) -> date:
    try:
        if isinstance(value, str) and _DATE.fullmatch(value):
            return date.fromisoformat(value)
    except ValueError:
        pass
    raise PydanticCustomError("DATE_INVALID", "must be a date in the form YYYY-MM-DD")


def text_schema(**limits: Any) -> WithJsonSchema:
    """Return the schema of a text."""
    return WithJsonSchema({"type": "string", **limits})


def number_schema(**limits: float) -> WithJsonSchema:
    """Return the schema of the numbers that `number_check` accepts."""
    return WithJsonSchema(
        {"type": ["number", "string"], "format": "decimal", "pattern": f"^{_DECIMAL.pattern}$", **limits}
    )


def whole_number_check(least: int, most: int) -> Callable[[Any], int]:
    """Make a check for whole numbers within limits; a string of digits is one, ``true`` is not."""

    def check(value: Any) -> int:
        number = int(value) if isinstance(value, str) and _WHOLE.fullmatch(value) else value
        if type(number) is not int:
            raise PydanticCustomError("TYPE_INVALID", "must be a whole number")
        if not least <= number <= most:
            limits = {"least": f"{least:,}", "most": f"{most:,}"}
            raise PydanticCustomError("VALUE_INVALID", "must be a whole number from {least} to {most}", limits)
        return number

    return check


def whole_number_schema(least: int, most: int) -> WithJsonSchema:
    """Return the schema of the numbers that `whole_number_check` accepts."""
    pattern = f"^({_WHOLE.pattern})$"
    return WithJsonSchema({"type": ["integer", "string"], "pattern": pattern, "minimum": least, "maximum": most})


check_quantity = number_check("QUANTITY_INVALID", Decimal(-(10**9)), Decimal(10**9), nonzero=True)
check_price_quantity = number_check("QUANTITY_INVALID", Decimal(0), Decimal(10**9), above=True)
check_price = number_check("AMOUNT_INVALID", Decimal(-(10**12)), Decimal(10**12), decimals=MAX_PRICE_DECIMALS)
check_rate = number_check("TAX_RATE_INVALID", Decimal(0), Decimal(1), hint="; 8 % is 0.08")
Quantity = Annotated[
    Decimal,
    PlainValidator(check_quantity),
    number_schema(minimum=-(10**9), maximum=10**9),
]
PriceQuantity = Annotated[
    Decimal,
    PlainValidator(check_price_quantity),
    number_schema(exclusiveMinimum=0, maximum=10**9),
]
UnitPrice = Annotated[
    Decimal,
    PlainValidator(check_price),
    number_schema(minimum=-(10**12), maximum=10**12),
]
Amount = Annotated[
    Decimal,
    PlainValidator(number_check("AMOUNT_INVALID", Decimal(0), Decimal(10**12))),
    number_schema(minimum=0, maximum=10**12),
]
PaidAmount = Annotated[
    Decimal,
    PlainValidator(number_check("AMOUNT_INVALID", Decimal(0), Decimal(10**12), above=True)),
    number_schema(exclusiveMinimum=0, maximum=10**12),
]
TaxRate = Annotated[Decimal, PlainValidator(check_rate), number_schema(minimum=0, maximum=1)]
CivilDate = Annotated[date, PlainValidator(_date), WithJsonSchema({"type": "string", "format": "date"})]

Word = Annotated[str, StringConstraints(strict=True, min_length=1, max_length=LONGEST_WORD)]
Name = Annotated[str, StringConstraints(strict=True, strip_whitespace=True, min_length=1, max_length=250)]
AddressPart = Annotated[str, StringConstraints(strict=True, strip_whitespace=True, max_length=250)]
Text = Annotated[str, StringConstraints(strict=True, max_length=5000)]
Description = Annotated[
    str, StringConstraints(strict=True, strip_whitespace=True, min_length=1, max_length=LONGEST_DESCRIPTION)
]
Email = Annotated[
    str,
    StringConstraints(strict=True, strip_whitespace=True, max_length=254),
    AfterValidator(_email),
]
Country = Annotated[
    str,
    StringConstraints(strict=True),
    AfterValidator(_country),
    text_schema(pattern="^[A-Z]{2}$", maxLength=2),
]
Locale = Annotated[
    str,
    StringConstraints(strict=True),
    AfterValidator(form_check(_LOCALE, "LOCALE_INVALID", "must be a language tag such as en, de-AT or zh-Hant-HK")),
    text_schema(pattern=f"^{_LOCALE.pattern}$", maxLength=len("abc-Abcd-419-u-nu-mathsans")),
]
Currency = Annotated[
    str,
    StringConstraints(strict=True),
    AfterValidator(_currency),
    text_schema(pattern="^[A-Z]{3}$", maxLength=3),
]
_MetadataKey = Annotated[str, StringConstraints(strict=True, min_length=1, max_length=40)]
_MetadataValue = Annotated[str, StringConstraints(strict=True, max_length=500)]
MetadataKeys = Annotated[list[_MetadataKey], Field(max_length=MOST_SEARCHABLE)]
Metadata = Annotated[dict[_MetadataKey, _MetadataValue], Field(max_length=MOST_METADATA)]
MetadataChanges = Annotated[dict[_MetadataKey, _MetadataValue | None], Field(max_length=2 * MOST_METADATA)]
"""Entries to set or, with null, to remove; as many as it takes to replace them all."""
Emails = Annotated[list[Email], Field(max_length=10)]
