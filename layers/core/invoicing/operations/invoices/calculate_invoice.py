"""Preview the totals of an invoice."""

from invoicing.domain.invoices.drafting import NewInvoice, draft_invoice
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.money.exchange import require_rate
from invoicing.domain.parties.account import Account
from invoicing.domain.parties.customer import Customer
from invoicing.operations.account._own_account import PROFILE
from invoicing.operations.customers._eligibility import customer_to_bill
from invoicing.operations.invoices._drafts import warn_of_draft
from invoicing.operations.numbering.chosen_series import require_series
from invoicing.operations.templates._chosen import require_template
from invoicing.operations.unit_of_work.change_set import ChangeSet
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


def calculate_invoice(uow: UnitOfWork, new: NewInvoice) -> Invoice:
    """Return the draft that `create_invoice` would make; without ``customer_id`` defaults come from the account.

    Nothing is stored. `ValidationFailed` as `create_invoice`; whether the client's own number is in use is not checked.
    """
    if new.customer_id:
        uow.prefetch((Account, PROFILE), (Customer, new.customer_id))
        found = uow.find(Customer, new.customer_id)
        customer = customer_to_bill(uow.begin(ChangeSet()), found, new.customer_id)  # nothing is written
    else:
        customer = Customer(account=uow.account, id="", version=0, name="", created_at=uow.now, updated_at=uow.now)
    account = uow.get(Account, PROFILE)
    require_series(account, new.series_id)
    require_template(account, new.template_id)
    draft = draft_invoice(new, account, customer, new_id=uow.new_id, now=uow.now)
    require_rate(draft.currency, account.currency, new.exchange_rate)
    warn_of_draft(uow, draft, account)
    return draft
