"""The start of a schedule, whether its content is given or that of an invoice."""

from datetime import date, time

from invoicing.dataclass import dataclass
from invoicing.domain.events.recurring_invoices import RECURRING_INVOICE_CREATED, RECURRING_INVOICE_SKIPPED
from invoicing.domain.invoices.drafting import NewInvoice
from invoicing.domain.parties.account import Account
from invoicing.domain.parties.customer import Customer
from invoicing.domain.recurring.business_days import BusinessDays
from invoicing.domain.recurring.creating import catch_up_warning, started
from invoicing.domain.recurring.recurring_invoice import CatchUp, CatchUpDates, OnGenerate, RecurringInvoice
from invoicing.domain.recurring.rule import Rule
from invoicing.operations.numbering.chosen_series import keep_series, require_series
from invoicing.operations.recurring._drafts import require_drafts
from invoicing.operations.templates._chosen import warn_of_template
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSchedule:
    """When invoices are made, as the client gives it; a ``catch_up`` of None was not given."""

    rule: Rule
    start_date: date
    end_date: date | None
    max_occurrences: int | None
    send_at: time
    business_days: BusinessDays
    on_generate: OnGenerate
    catch_up: CatchUp | None
    catch_up_dates: CatchUpDates


def start_schedule(
    uow: UnitOfWork, new: NewSchedule, content: NewInvoice, account: Account, customer: Customer, *, page_url: str
) -> RecurringInvoice:
    """Create the schedule; the next tick makes the first invoice. `ValidationFailed` as `started` and `draft_of`."""
    require_series(account, content.series_id)
    warn_of_template(uow, account, content.template_id, customer.template_id)
    schedule = RecurringInvoice(
        account=uow.account,
        id=uow.new_id("rec"),
        version=1,
        customer_id=customer.id,
        customer_version=customer.version,
        content=content,
        rule=new.rule,
        start_date=new.start_date,
        begins=new.start_date,
        end_date=new.end_date,
        max_occurrences=new.max_occurrences,
        send_at=new.send_at,
        business_days=new.business_days,
        on_generate=new.on_generate,
        catch_up=new.catch_up or "all",
        catch_up_dates=new.catch_up_dates,
        next_billing_date=None,
        page_url=page_url,
        created_at=uow.now,
        updated_at=uow.now,
    )
    begun, passed = started(schedule, account, uow.now, catches_up=new.catch_up is not None)
    require_drafts(uow, begun, account, customer)
    if warning := catch_up_warning(begun, account, uow.now):
        uow.warnings.append(warning)
    keep_series(uow, account, content.series_id)
    uow.changes.save(begun)
    uow.record(RECURRING_INVOICE_CREATED, begun)
    if passed:
        uow.record(RECURRING_INVOICE_SKIPPED, begun, skip=passed)
    return begun
