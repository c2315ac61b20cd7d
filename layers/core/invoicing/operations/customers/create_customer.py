"""Create a customer."""

from collections.abc import Mapping
from dataclasses import field

from invoicing.dataclass import dataclass
from invoicing.domain.drawing_warnings import warnings_of_customer
from invoicing.domain.errors import Conflict, Detail
from invoicing.domain.events.customers import CUSTOMER_CREATED
from invoicing.domain.imports.import_mark import ImportMark
from invoicing.domain.late_fees.late_fee import LateFee, switched
from invoicing.domain.locales import locale_warnings
from invoicing.domain.parties.customer import Customer
from invoicing.domain.parties.details import Address, ApplyCredit
from invoicing.domain.parties.party import Party, party_values
from invoicing.operations.customers._series import name_series
from invoicing.operations.templates._chosen import name_template
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCustomer(Party):
    """The input of a customer; ``id`` is the client's own, if it sends one."""

    id: str | None = None
    cc_emails: tuple[str, ...] = ()
    shipping_address: Address | None = None
    buyer_reference: str | None = None
    currency: str | None = None
    locale: str | None = None
    payment_terms: str | None = None
    series_id: str | None = None
    template_id: str | None = None
    apply_credit: ApplyCredit | None = None
    late_fee: LateFee | None = None
    notes: str | None = None
    metadata: Mapping[str, str] = field(default_factory=dict)


def create_customer(
    uow: UnitOfWork, new: NewCustomer, *, page_url: str = "", mark: ImportMark | None = None
) -> Customer:
    """Create the customer; `Conflict` ``DUPLICATE_CUSTOMER`` when the id is already in use.

    One request to name a number series or a template; `ValidationFailed` as `require_series` and `require_template`.
    ``page_url`` is for the invoices of automatic late fees, ``mark`` that of the import that creates the customer.
    """
    name_series(uow, new.series_id)
    name_template(uow, new.template_id)
    customer = Customer(
        **party_values(new),
        account=uow.account,
        id=new.id or uow.new_id("cust"),
        version=1,
        cc_emails=new.cc_emails,
        shipping_address=new.shipping_address,
        buyer_reference=new.buyer_reference,
        currency=new.currency,
        locale=new.locale,
        payment_terms=new.payment_terms,
        series_id=new.series_id,
        template_id=new.template_id,
        apply_credit=new.apply_credit,
        late_fee=switched(None, new.late_fee, uow.now, page_url),
        notes=new.notes,
        metadata=new.metadata,
        import_mark=mark,
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
