"""Which record each kind of thing is stored as, and in which deployed table it lies."""

from collections.abc import Mapping
from typing import Any, cast

from invoicing.domain.access import ApiKey
from invoicing.domain.credit_note import CreditNote
from invoicing.domain.delivery import Delivery
from invoicing.domain.exchange import ExchangeRates
from invoicing.domain.figures import Counted, Figure
from invoicing.domain.invoice import Invoice
from invoicing.domain.ledger import Credit, Entry
from invoicing.domain.numbering import NumberReservation, NumberSeries
from invoicing.domain.page import PageLink
from invoicing.domain.party import Account, Customer
from invoicing.domain.payment import Payment
from invoicing.storage.api_keys import ApiKeyRecord
from invoicing.storage.credit_note_records import CreditNoteRecord
from invoicing.storage.event_records import EventRecord
from invoicing.storage.figure_records import CountedRecord, FigureRecord
from invoicing.storage.line_records import LineRecord
from invoicing.storage.payment_records import CreditRecord, EntryRecord, PaymentRecord
from invoicing.storage.record import Record
from invoicing.storage.records import (
    AccountRecord,
    CustomerRecord,
    DeliveryRecord,
    ExchangeRatesRecord,
    InvoiceRecord,
    MarkRecord,
    PageLinkRecord,
    ReservationRecord,
    SeriesRecord,
)

RECORDS: dict[type, type[Record]] = {
    Account: AccountRecord,
    ApiKey: cast(type[Record], ApiKeyRecord),  # only to be written: it is found by its hash, and has no sk
    Counted: CountedRecord,
    Credit: CreditRecord,
    CreditNote: CreditNoteRecord,
    Customer: CustomerRecord,
    Delivery: DeliveryRecord,
    Entry: EntryRecord,
    ExchangeRates: ExchangeRatesRecord,
    Figure: FigureRecord,
    Invoice: InvoiceRecord,
    NumberReservation: ReservationRecord,
    NumberSeries: SeriesRecord,
    PageLink: PageLinkRecord,
    Payment: PaymentRecord,
}


def name_tables(names: Mapping[str, str]) -> None:
    """Say which table each record lies in; ``names`` maps a record's ``table`` to the deployed table's name."""
    records: tuple[Any, ...] = (*RECORDS.values(), EventRecord, MarkRecord, LineRecord, ApiKeyRecord)
    for record in records:
        record.Meta.table_name = names[record.table]
