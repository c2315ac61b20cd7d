"""Accounts in responses."""

from typing import TypedDict
from urllib.parse import urlencode

from invoicing.api.envelope import Result, timestamp
from invoicing.api.outputs.late_fees import LateFeeOutput, late_fee_output
from invoicing.api.outputs.locales import LanguagesOutput, languages_output
from invoicing.api.outputs.notifications import NotificationsOutput, notifications_output
from invoicing.api.outputs.parties import BankAccountOutput, PartyOutput, bank_account_output, party_output
from invoicing.api.outputs.rounding import RoundingOutput, rounding_output
from invoicing.api.queries.numbering import AuditQuery
from invoicing.domain.access.caller import Mode, split_partition
from invoicing.domain.calendar import Weekday
from invoicing.domain.numbering.audit import AuditPart, PeriodAudit
from invoicing.domain.parties.details import ApplyCredit
from invoicing.domain.parties.payment_codes import PaymentCode
from invoicing.operations.account.get_account import OwnAccount


class NumberingOutput(TypedDict):
    """The default series of documents; ``next`` is the value of the next invoice number in today's period.

    ``credit_note_next`` is that of credit notes, ``reset`` that of invoices; ``fiscal_year_start`` is a month.
    """

    pattern: str
    credit_note_pattern: str
    next: int
    credit_note_next: int
    reset: str
    fiscal_year_start: int
    assign_on: str


class AccountOutput(PartyOutput, LanguagesOutput):
    """An account in one mode."""

    id: str
    mode: Mode
    currency: str
    time_zone: str
    payment_terms: str
    apply_credit: ApplyCredit
    payment_instructions: str | None
    payment_instructions_by_locale: dict[str, str]
    bank_account: BankAccountOutput | None
    bank_accounts: list[BankAccountOutput]
    numbering: NumberingOutput
    rounding: RoundingOutput
    weekend: list[Weekday]
    books_locked_until: str | None
    small_business: bool
    late_fee: LateFeeOutput | None
    bcc: list[str]
    hosted_link_days: int | None
    notifications: NotificationsOutput
    searchable_metadata: list[str]
    logo: str | None
    payment_codes: list[PaymentCode]
    payment_url: str | None
    retention_years: int
    created_at: str


class OutOfOrderOutput(TypedDict):
    """A number dated before the lower number ``after``, whose date is ``after_date``."""

    number: str
    issue_date: str
    after: str
    after_date: str


class PeriodAuditOutput(TypedDict):
    """The numbers of a series in a period, or those of them in this response; gaps and duplicates are values.

    ``period`` is a fiscal year, a month, or empty for a series without a reset.
    """

    series_id: str
    period: str
    first: str | None
    last: str | None
    count: int
    gaps: list[int]
    duplicates: list[int]
    out_of_order: list[OutOfOrderOutput]


class NumberingAuditOutput(TypedDict):
    """An audit of number series; ``own`` are your own numbers. Follow ``links.next`` for the rest of them."""

    series: list[PeriodAuditOutput]
    own: list[str]


ACCOUNT_LINKS = {
    "self": "/account",
    "api_keys": "/account/api-keys",
    "exchange_rates": "/account/exchange-rates",
    "number_series": "/number-series",
    "numbering_audit": "/account/numbering/audit",
}
"""Paths of the account's related resources."""


def audit_result(part: AuditPart, asked: AuditQuery, following: str | None) -> Result:
    """Return the result of one part of an audit; ``following`` is the cursor of the next one."""
    path = "/account/numbering/audit"
    query = {"series_id": asked.series_id, "period": asked.period, "cursor": following}
    given = urlencode({name: value for name, value in query.items() if value is not None})
    links = {"self": path, "next": f"{path}?{given}" if following else None, "account": "/account"}
    data = NumberingAuditOutput(series=[_audited(found) for found in part.periods], own=list(part.own))
    return Result(data=data, links=links)


def _audited(found: PeriodAudit) -> PeriodAuditOutput:
    return PeriodAuditOutput(
        series_id=found.series,
        period=found.period,
        first=found.first,
        last=found.last,
        count=found.count,
        gaps=list(found.gaps),
        duplicates=list(found.duplicates),
        out_of_order=[
            OutOfOrderOutput(number=number, issue_date=on.isoformat(), after=after, after_date=after_date.isoformat())
            for number, on, after, after_date in found.out_of_order
        ],
    )


def account_output(own: OwnAccount) -> AccountOutput:
    """Return an account as responses show it."""
    account = own.account
    account_id, mode = split_partition(account.account)
    bank_accounts = [each for bank in account.bank_accounts if (each := bank_account_output(bank))]
    return AccountOutput(
        **party_output(account),
        id=account_id,
        mode=mode,
        currency=account.currency,
        time_zone=account.time_zone,
        **languages_output(account.locale),
        payment_terms=account.payment_terms,
        apply_credit=account.apply_credit,
        payment_instructions=account.payment_instructions,
        payment_instructions_by_locale=dict(account.payment_instructions_by_locale),
        bank_account=next(iter(bank_accounts), None),
        bank_accounts=bank_accounts,
        numbering=_numbering(own),
        rounding=rounding_output(account.rounding),
        weekend=list(account.weekend),
        books_locked_until=account.books_locked_until.isoformat() if account.books_locked_until else None,
        small_business=account.small_business,
        late_fee=late_fee_output(account.late_fee),
        bcc=list(account.bcc),
        hosted_link_days=account.hosted_link_days,
        notifications=notifications_output(account),
        searchable_metadata=list(account.searchable_metadata),
        logo=account.logo.file_id if account.logo else None,
        payment_codes=list(account.payment_codes),
        payment_url=account.payment_url,
        retention_years=account.retention_years,
        created_at=timestamp(account.created_at),
    )


def _numbering(own: OwnAccount) -> NumberingOutput:
    account = own.account
    invoices, credit_notes = account.default_series("invoice"), account.default_series("credit_note")
    return NumberingOutput(
        pattern=invoices.pattern,
        credit_note_pattern=credit_notes.pattern,
        next=own.next_value(invoices.id),
        credit_note_next=own.next_value(credit_notes.id),
        reset=invoices.reset,
        fiscal_year_start=account.number_fiscal_year_start,
        assign_on=account.number_assign_on,
    )
