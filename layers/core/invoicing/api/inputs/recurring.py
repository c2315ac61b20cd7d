"""Bodies of requests about recurring invoices."""

from collections.abc import Sequence
from datetime import date, time
from typing import Annotated, Any, Literal, Self

from pydantic import Field, PlainValidator, WithJsonSchema, model_validator
from pydantic_core import PydanticCustomError

from invoicing.api.inputs.base import RequestBody
from invoicing.api.inputs.fields import CivilDate, Word, whole_number_check, whole_number_schema
from invoicing.api.inputs.instants import LocalTime, Morning
from invoicing.api.inputs.invoice_changes import ContentChanges
from invoicing.api.inputs.invoices import ContentInput
from invoicing.domain.calendar import Weekday
from invoicing.domain.errors import MOST_DETAILS, Detail, ValidationFailed
from invoicing.domain.invoices.drafting import NewInvoice
from invoicing.domain.invoices.lines import NewLine
from invoicing.domain.recurring.business_days import BusinessDays
from invoicing.domain.recurring.creating import MOST_OCCURRENCES
from invoicing.domain.recurring.recurring_invoice import CatchUp, CatchUpDates, OnGenerate
from invoicing.domain.recurring.rule import LAST, MOST_INTERVAL, Billing, Frequency, Proration, Rule
from invoicing.operations.recurring._starting import NewSchedule

_LAST_DAY = 31
_day_of_month = whole_number_check(1, _LAST_DAY)


def _day(value: Any) -> int | Literal["last"]:
    if value == LAST:
        return LAST
    return _day_of_month(value)


Interval = Annotated[int, PlainValidator(whole_number_check(1, MOST_INTERVAL)), whole_number_schema(1, MOST_INTERVAL)]
Occurrences = Annotated[
    int, PlainValidator(whole_number_check(1, MOST_OCCURRENCES)), whole_number_schema(1, MOST_OCCURRENCES)
]
Day = Annotated[
    int | Literal["last"],
    PlainValidator(_day),
    WithJsonSchema({"anyOf": [{"enum": [LAST]}, whole_number_schema(1, _LAST_DAY).json_schema]}),
]
AutoSend = Annotated[bool, Field(strict=True)]


class ScheduleInput(RequestBody):
    """Body of ``POST /invoices/{id}/recur``: when invoices are made, and what becomes of them.

    ``auto_send`` is the older, coarser way to say ``on_generate``: true is ``send``, false by itself ``draft``.
    """

    frequency: Frequency
    interval: Interval = 1
    start_date: CivilDate
    end_date: CivilDate | None = None
    max_occurrences: Occurrences | None = None
    day: Day | None = None
    weekday: Weekday | None = None
    auto_send: AutoSend | None = None
    on_generate: OnGenerate | None = None
    send_at: Morning = time(9)
    business_days: BusinessDays = "none"
    billing: Billing = "in_advance"
    catch_up: CatchUp | None = None
    catch_up_dates: CatchUpDates = "today"
    proration: Proration = "none"

    @model_validator(mode="after")
    def _no_contradiction(self) -> Self:
        _check_auto_send(auto_send=self.auto_send, on_generate=self.on_generate)
        return self

    def schedule(self) -> NewSchedule:
        """Convert to the use case's input."""
        return NewSchedule(
            rule=Rule(
                frequency=self.frequency,
                interval=self.interval,
                day=self.day,
                weekday=self.weekday,
                billing=self.billing,
                proration=self.proration,
            ),
            start_date=self.start_date,
            end_date=self.end_date,
            max_occurrences=self.max_occurrences,
            send_at=self.send_at,
            business_days=self.business_days,
            on_generate=self.on_generate or _on_generate(auto_send=self.auto_send is not False),
            catch_up=self.catch_up,
            catch_up_dates=self.catch_up_dates,
        )


class CreateRecurringInvoiceInput(ContentInput, ScheduleInput):
    """Body of ``POST /recurring``: what the invoices have in them, and when they are made."""

    customer_id: Word

    def content(self) -> NewInvoice:
        """Convert to what the invoices have in them; `ValidationFailed` for a line with a service period."""
        _require_no_periods(self.items)
        return self.invoice_for(self.customer_id)


class UpdateRecurringInvoiceInput(ContentChanges):
    """Body of ``PATCH /recurring/{id}``: a missing field stays, null removes a value, objects merge.

    What invoices have in them changes for dates on or after ``effective_from``.
    """

    effective_from: CivilDate | None = None
    # Factories instead of defaults: these can be changed, but not removed.
    frequency: Frequency = Field(default_factory=lambda: "monthly")
    interval: Interval = Field(default_factory=int)
    start_date: CivilDate = Field(default_factory=lambda: date.min)
    end_date: CivilDate | None = None
    max_occurrences: Occurrences | None = None
    day: Day | None = None
    weekday: Weekday | None = None
    auto_send: AutoSend = Field(default_factory=bool)
    on_generate: OnGenerate = Field(default_factory=lambda: "send")
    send_at: LocalTime = Field(default_factory=time)
    business_days: BusinessDays = Field(default_factory=lambda: "none")
    billing: Billing = Field(default_factory=lambda: "in_advance")
    catch_up: CatchUp = Field(default_factory=lambda: "all")
    catch_up_dates: CatchUpDates = Field(default_factory=lambda: "today")
    proration: Proration = Field(default_factory=lambda: "none")

    @model_validator(mode="after")
    def _no_contradiction(self) -> Self:
        if {"auto_send", "on_generate"} <= self.model_fields_set:
            _check_auto_send(auto_send=self.auto_send, on_generate=self.on_generate)
        return self

    def changes(self) -> dict[str, Any]:
        """Return the fields that were sent, under their names in the domain; nested objects as `Merge`."""
        _require_no_periods(self.items)
        changes = super().changes()
        changes.pop("effective_from", None)
        if "auto_send" in changes:
            changes = {"on_generate": _on_generate(auto_send=changes.pop("auto_send"))} | changes
        return changes


def _on_generate(*, auto_send: bool) -> OnGenerate:
    return "send" if auto_send else "draft"


def _check_auto_send(*, auto_send: bool | None, on_generate: OnGenerate | None) -> None:
    if auto_send is not None and on_generate is not None and auto_send != (on_generate == "send"):
        raise PydanticCustomError(
            "AUTO_SEND_CONFLICT", "must not have an auto_send that contradicts on_generate; send only one of them"
        )


def _require_no_periods(lines: Sequence[NewLine]) -> None:
    message = "must be null: each invoice has the period of its date."
    wrong = [f"items[{index}].service_period" for index, line in enumerate(lines) if line.service_period]
    if wrong:
        raise ValidationFailed(*(Detail(path, f"{path} {message}", "VALUE_INVALID") for path in wrong[:MOST_DETAILS]))
