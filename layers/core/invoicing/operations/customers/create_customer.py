"""Create a customer."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from invoicing.domain.drawing_warnings import warnings_of_customer
from invoicing.domain.errors import Conflict, Detail
from invoicing.domain.events.customers import CUSTOMER_CREATED
from invoicing.domain.late_fees.late_fee import LateFee, switched
from invoicing.domain.locales import locale_warnings
from invoicing.domain.parties.customer import Customer
from invoicing.domain.parties.details import Address, ApplyCredit, TaxId
from invoicing.operations.customers._series import name_series
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCustomer:
    """The input of a customer; ``id`` is the client's own, if it sends one."""

    id: str | None = None
    name: str
    email: str | None = None
    cc_emails: tuple[str, ...] = ()
    phone: str | None = None
    address: Address | None = None
    tax_ids: tuple[TaxId, ...] = ()
    currency: str | None = None
    locale: str | None = None
    payment_terms: str | None = None
    series_id: str | None = None
    apply_credit: ApplyCredit | None = None
    late_fee: LateFee | None = None
    notes: str | None = None
    metadata: Mapping[str, str] = field(default_factory=dict)


def create_customer(uow: UnitOfWork, new: NewCustomer, *, page_url: str = "") -> Customer:
    """Create the customer; `Conflict` ``DUPLICATE_CUSTOMER`` when the id is already in use.

    One request to name a number series; `ValidationFailed` as `require_series`. ``page_url`` is for the
    invoices of automatic late fees.
    """
    name_series(uow, new.series_id)
    customer = Customer(
        account=uow.account,
        id=new.id or uow.new_id("cust"),
        version=1,
        name=new.name,
        email=new.email,
        cc_emails=new.cc_emails,
        phone=new.phone,
        address=new.address,
        tax_ids=new.tax_ids,
        currency=new.currency,
        locale=new.locale,
        payment_terms=new.payment_terms,
        series_id=new.series_id,
        apply_credit=new.apply_credit,
        late_fee=switched(None, new.late_fee, uow.now, page_url),
        notes=new.notes,
        metadata=new.metadata,
        created_at=uow.now,
        updated_at=uow.now,
    )
    uow.changes.save(customer, on_conflict=_taken)
    uow.record(CUSTOMER_CREATED, customer)
    uow.warnings.extend(warnings_of_customer(customer))
    uow.warnings.extend(locale_warnings(customer.locale))
    return customer


def _taken(existing: Customer) -> Conflict:
    return Conflict(
        "DUPLICATE_CUSTOMER",
        f"A customer with the id {existing.id} already exists.",
        (Detail("id", "id is already in use.", "CUSTOMER_EXISTS", existing.id),),
        existing_resource=f"/customers/{existing.id}",
    )
