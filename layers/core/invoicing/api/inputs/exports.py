"""Bodies of requests about exports."""

import re
from typing import Annotated

from pydantic import AfterValidator, Field, PlainValidator, StringConstraints, WithJsonSchema
from pydantic_core import PydanticCustomError

from invoicing.api.inputs.base import RequestBody
from invoicing.api.inputs.fields import CivilDate, whole_number_check, whole_number_schema
from invoicing.domain.errors import Detail, ValidationFailed
from invoicing.domain.exports.export import (
    OF_LEDGER,
    SKR03,
    ExportFormat,
    ExportType,
)
from invoicing.domain.exports.writing import DecimalSign, Delimiter, Writing
from invoicing.operations.exports.create_export import NewExport

_ACCOUNT_NUMBER = re.compile(r"[0-9]{4,8}", re.ASCII)


def _account_number(value: str) -> str:
    if not _ACCOUNT_NUMBER.fullmatch(value):
        raise PydanticCustomError("VALUE_INVALID", "must have 4 to 8 digits")
    return value


AccountNumber = Annotated[
    str,
    StringConstraints(strict=True, max_length=8),
    AfterValidator(_account_number),
    WithJsonSchema({"type": "string", "pattern": f"^{_ACCOUNT_NUMBER.pattern}$", "maxLength": 8}),
]
ConsultantNumber = Annotated[int, PlainValidator(whole_number_check(1, 9_999_999)), whole_number_schema(1, 9_999_999)]
ClientNumber = Annotated[int, PlainValidator(whole_number_check(1, 99_999)), whole_number_schema(1, 99_999)]

_ODD: dict[str, frozenset[str]] = {
    **dict.fromkeys(("bom", "delimiter", "decimal"), frozenset({"jsonl", "datev"})),
    "accounts": frozenset({"csv", "jsonl"}),
    "datev": frozenset({"csv", "jsonl", "accounting"}),
}
"""The formats that do not have an option."""


class AccountsInput(RequestBody):
    """Numbers of accounts where they are not those of the chart SKR03."""

    receivables: AccountNumber | None = None
    bank: AccountNumber | None = None
    write_offs: AccountNumber | None = None
    clearing: AccountNumber | None = None
    revenue_19: AccountNumber | None = None
    revenue_7: AccountNumber | None = None
    revenue_intra_community: AccountNumber | None = None
    revenue_export: AccountNumber | None = None
    revenue_reverse_charge: AccountNumber | None = None
    revenue_exempt: AccountNumber | None = None
    revenue_other: AccountNumber | None = None

    def numbers(self) -> dict[str, str]:
        """Return the numbers by account; `ValidationFailed` ``ACCOUNTS_INVALID`` for numbers of several lengths."""
        given: dict[str, str] = self.model_dump(exclude_none=True)
        if len({len(number) for number in {**SKR03, **given}.values()}) > 1:
            message = "accounts must have numbers of one length: name all accounts if those of SKR03 have another."
            raise ValidationFailed(Detail("accounts", message, "ACCOUNTS_INVALID"))
        return given


class DatevInput(RequestBody):
    """What DATEV asks for: the numbers of accountant and business, and when the fiscal year begins."""

    consultant_number: ConsultantNumber = 1001
    client_number: ClientNumber = 1
    fiscal_year_start: CivilDate | None = None


class CreateExportInput(RequestBody):
    """Body of ``POST /exports``."""

    type: ExportType
    format: ExportFormat
    start_date: CivilDate
    end_date: CivilDate
    bom: Annotated[bool, Field(strict=True)] | None = None
    delimiter: Delimiter | None = None
    decimal: DecimalSign | None = None
    accounts: AccountsInput | None = None
    datev: DatevInput | None = None

    def new_export(self) -> NewExport:
        """Convert to the use case's input; `ValidationFailed` ``OPTION_INVALID``, ``ACCOUNTS_INVALID``."""
        self._require_options_that_fit()
        datev = self.datev or DatevInput()
        return NewExport(
            type=self.type,
            format=self.format,
            start_date=self.start_date,
            end_date=self.end_date,
            writing=Writing(bom=bool(self.bom), delimiter=self.delimiter or ",", decimal=self.decimal or "."),
            fiscal_year_start=datev.fiscal_year_start,
            consultant_number=datev.consultant_number,
            client_number=datev.client_number,
            accounts=self.accounts.numbers() if self.accounts else {},
        )

    def _require_options_that_fit(self) -> None:
        if self.format in OF_LEDGER and self.type != "ledger":
            message = f"type must be ledger with the format {self.format}."
            raise ValidationFailed(Detail("type", message, "OPTION_INVALID", self.type))
        for name, formats in _ODD.items():
            if getattr(self, name) is not None and self.format in formats:
                message = f"{name} must be left out with the format {self.format}."
                raise ValidationFailed(Detail(name, message, "OPTION_INVALID"))
