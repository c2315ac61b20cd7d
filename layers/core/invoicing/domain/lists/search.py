"""Search: the words under which an entity is found, and the words of a search.

Texts are folded, so that case, accents and the width of letters make no difference, and split into words at whatever
is no letter or digit. An entity is found when each word of a search begins one of its own.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from invoicing.dataclass import dataclass

if TYPE_CHECKING:
    from invoicing.domain.credit_notes.credit_note import CreditNote
    from invoicing.domain.invoices.invoice import Invoice
    from invoicing.domain.parties.customer import Customer
    from invoicing.domain.recurring.recurring_invoice import RecurringInvoice

MOST_WORDS = 24
"""The words under which an entity is found, the first of its fields."""

LONGEST = 64
"""Characters of a word that count."""

_PLAIN = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "æ": "ae", "œ": "oe", "ı": "i", "þ": "th"})
"""Letters that Unicode takes for letters of their own, not for accented ones."""

_DROPPED = frozenset({"Mn", "Mc", "Me", "Cf"})
"""Categories of marks, and of characters that only format."""

_WORD = re.compile(r"[^\W_]+")
_WHOLE = re.compile(r"[^\W_](?:\S*[^\W_])?")
_SPELLED_OUT = re.compile("(?<=[aou])e")


def folded(text: str) -> str:
    """Return a text without case, accents and width; ä, ö and ü are a, o and u, also where spelled ae, oe and ue."""
    text = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    text = "".join(each for each in text.translate(_PLAIN) if unicodedata.category(each) not in _DROPPED)
    return _SPELLED_OUT.sub("", text)


def words_in(text: str) -> tuple[str, ...]:
    """Return the words of a text: what stands between spaces and signs."""
    return tuple(word[:LONGEST] for word in _WORD.findall(folded(text)))


def wholes_in(text: str) -> tuple[str, ...]:
    """Return what stands between spaces, with the signs within it."""
    return tuple(whole[:LONGEST] for whole in _WHOLE.findall(folded(text)))


def search_words(codes: Iterable[str | None], texts: Iterable[str | None]) -> tuple[str, ...]:
    """Return the words under which an entity is found, at most `MOST_WORDS`.

    ``codes``, such as numbers, are found as wholes too. A word that begins another one finds nothing more.
    """
    found = [word for code in codes if code for word in (*wholes_in(code), *words_in(code))]
    found += [word for text in texts if text for word in words_in(text)]
    return _longest(tuple(dict.fromkeys(found))[:MOST_WORDS])


def _longest(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return the words that do not begin another one."""
    return tuple(word for word in words if not any(other != word and other.startswith(word) for other in words))


@dataclass(frozen=True, slots=True)
class Search:
    """What is searched for: some words, and what they were as wholes."""

    words: tuple[str, ...]
    wholes: tuple[str, ...]


def search_for(text: str) -> Search | None:
    """Read a search; None without a letter or digit."""
    words, wholes = (_longest(tuple(dict.fromkeys(read(text)))) for read in (words_in, wholes_in))
    return Search(words, wholes) if words else None


def is_found(wanted: Iterable[str], words: Iterable[str]) -> bool:
    """Whether an entity with these words is found: each word that is wanted begins one of them."""
    words = tuple(words)
    return all(any(word.startswith(each) for word in words) for each in wanted)


def _words_of_customer(customer: "Customer") -> tuple[str, ...]:
    return search_words((), (customer.name, customer.email))


def _words_of_credit_note(note: "CreditNote") -> tuple[str, ...]:
    return search_words((note.number,), (note.buyer.name, note.buyer.email))


def _words_of_invoice(invoice: "Invoice") -> tuple[str, ...]:
    codes = (invoice.number, invoice.purchase_order, invoice.particulars.reference)
    return search_words(codes, (invoice.buyer.name, invoice.buyer.email))


_WORDS_OF: dict[str, Callable[[Any], tuple[str, ...]]] = {
    "CreditNote": _words_of_credit_note,
    "Customer": _words_of_customer,
    "Invoice": _words_of_invoice,
}
"""By the names of kinds: importing the classes here would load them all."""


def customer_of(entity: Any) -> str | None:
    """Return the id of the customer whose words an entity has too; documents have a copy of theirs."""
    return entity.customer_id if type(entity).__name__ == "RecurringInvoice" else None


def words_of(entity: Any, customer: "Customer | None" = None) -> tuple[str, ...]:
    """Return the words under which an entity is found; a document by its buyer as it has it.

    ``customer`` is that of `customer_of`, as it is now.
    """
    if customer_of(entity):
        return _words_of_schedule(entity, customer)
    return _WORDS_OF[type(entity).__name__](entity)


def _words_of_schedule(schedule: "RecurringInvoice", customer: "Customer | None") -> tuple[str, ...]:
    """Return the words of a schedule: of what the next invoice has in it, of what is planned, and of the customer."""
    contents = (schedule.content, *(each.content for each in schedule.planned))
    names = (customer.name, customer.email) if customer else ()
    codes = (code for content in contents for code in (content.purchase_order, content.particulars.reference))
    return search_words(codes, names)
