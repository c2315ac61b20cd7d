"""Charge an invoice for being paid late."""

from invoicing.domain.calendar import today
from invoicing.domain.errors import Conflict
from invoicing.domain.invoices.invoice import Invoice, Status
from invoicing.domain.invoices.lifecycle import is_issued, require_version
from invoicing.domain.late_fees.charging import DueFee, fees_due
from invoicing.domain.late_fees.due_history import due_history_of
from invoicing.domain.late_fees.fee_invoice import MOST_LATE_FEES, charged_fees
from invoicing.domain.late_fees.late_fee import LateFee
from invoicing.domain.late_fees.refusal import nothing_to_charge
from invoicing.domain.money.exchange_rates import ExchangeRates
from invoicing.domain.numbering.series import NumberSeries
from invoicing.domain.numbering.settings import INVOICES
from invoicing.domain.parties.account import Account
from invoicing.domain.parties.customer import Customer
from invoicing.domain.reminders.account_reminders import REMINDERS, AccountReminders
from invoicing.operations.account._own_account import PROFILE, RATES
from invoicing.operations.invoices._late_fees import charge_fees, late_fee_of_customer
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


def charge_late_fee(
    uow: UnitOfWork,
    invoice_id: str,
    late_fee: LateFee | None,
    *,
    send_email: bool | None,
    page_url: str,
    if_version: int | None = None,
) -> Invoice:
    """Issue an invoice for all late fees that can be charged today; return it.

    They are those of ``late_fee``, by default of the customer or the account. The e-mail is as in `charge_fees`.
    `NotFound`; `PreconditionFailed`; `Conflict` ``NOTHING_TO_CHARGE``, which says why, and else as `charge_fees`.
    """
    uow.prefetch((Invoice, invoice_id), (Account, PROFILE), (NumberSeries, INVOICES), (ExchangeRates, RATES))
    invoice, account = uow.get(Invoice, invoice_id), uow.get(Account, PROFILE)
    require_version(invoice, if_version)
    if not is_issued(invoice) or invoice.status is Status.CANCELLED:
        state = "cancelled" if invoice.status is Status.CANCELLED else "not issued"
        raise Conflict("NOTHING_TO_CHARGE", f"No late fee can be charged: the invoice is {state}.")
    uow.prefetch((Customer, invoice.buyer.id), (AccountReminders, REMINDERS))
    charging = late_fee or late_fee_of_customer(uow.find(Customer, invoice.buyer.id), account)
    fees = _fees(uow, invoice, charging, account)
    if charging is None or not fees:
        raise nothing_to_charge(invoice, charging, today(uow.now, account.time_zone))
    _, issued = charge_fees(uow, invoice, fees, charging, account, send_email=send_email, page_url=page_url)
    return issued


def _fees(uow: UnitOfWork, invoice: Invoice, late_fee: LateFee | None, account: Account) -> list[DueFee]:
    if late_fee is None:
        return []
    by = today(uow.now, account.time_zone)
    found = list(fees_due(late_fee, due_history_of(invoice), charged_fees(invoice), by))
    return found[: MOST_LATE_FEES - len(invoice.late_fees)]
