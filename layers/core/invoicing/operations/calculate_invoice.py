"""Say what an invoice would come to, without making it."""

from dataclasses import replace

from invoicing.domain.drafting import NewInvoice, draft_invoice
from invoicing.domain.invoice import Invoice
from invoicing.domain.party import Account, Customer
from invoicing.operations.billing import customer_to_bill
from invoicing.operations.changes import Changes, Ref
from invoicing.operations.drafts import must_exist
from invoicing.operations.issuing import PROFILE
from invoicing.operations.work import Work


def calculate_invoice(work: Work, new: NewInvoice) -> Invoice:
    """The draft that `create_invoice` would make, not stored; without a ``customer_id`` all follows from the account.

    `ValidationFailed` as `create_invoice`. Whether the client's own number is taken is not looked up.
    """
    account_ref = Ref(Account, work.account, PROFILE)
    if new.customer_id:
        customer_ref = Ref(Customer, work.account, new.customer_id)
        account, found = work.store.find_together(account_ref, customer_ref)
        customer = customer_to_bill(replace(work, changes=Changes()), found, new.customer_id)  # held by nothing
    else:
        account = work.store.find(account_ref)
        customer = Customer(account=work.account, id="", version=0, name="", created_at=work.now, updated_at=work.now)
    return draft_invoice(new, must_exist(account), customer, new_id=work.new_id, now=work.now)
