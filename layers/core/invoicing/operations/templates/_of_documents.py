"""The templates that documents are drawn and worded with."""

from collections.abc import Callable
from typing import Protocol

from invoicing.domain.invoices.mark import Mark
from invoicing.domain.parties.account import Account
from invoicing.domain.parties.customer import Buyer
from invoicing.domain.parties.logo import Image
from invoicing.domain.templates.template import Template, TemplateRef
from invoicing.operations.account._own_account import PROFILE
from invoicing.operations.unit_of_work.change_set import Ref
from invoicing.operations.unit_of_work.ports import Store


class Templated(Protocol):
    """A document that says which version of a template it has."""

    @property
    def account(self) -> str:
        """Whose it is, in which mode."""

    @property
    def buyer(self) -> Buyer:
        """Whom it is for."""

    @property
    def template(self) -> TemplateRef | None:
        """The version; None for our look."""


def issued_template(store: Store, document: Templated) -> Template | None:
    """Return the version that a document is drawn with, None for our look; one request where there is one."""
    return _version(store, document, document.template)


def current_template(store: Store, document: Templated) -> Template | None:
    """Return the version whose words an e-mail of the document has now; two requests, none for our look.

    Where its template was deleted since, they are those of its customer's or of the default, else those that it was
    issued with.
    """
    if document.template is None:
        return None
    account = store.find(Ref(Account, document.account, PROFILE))
    current = account.template_after(document.template, document.buyer.template_id) if account else None
    return _version(store, document, current or document.template)


def designed[D: Templated](
    store: Store, render: Callable[[D, Image | None, Template | None], bytes]
) -> Callable[[D, Image | None], bytes]:
    """Return a function that draws a document with the version it has, which is read only when it is drawn."""
    return lambda document, logo: render(document, logo, issued_template(store, document))


def designed_copy[D: Templated](
    store: Store, render: Callable[[D, Image | None, Template | None, Mark | None], bytes]
) -> Callable[[D, Image | None, Mark | None], bytes]:
    """Return a function that draws a copy of a document, with a mark, as `designed` does."""
    return lambda document, logo, mark: render(document, logo, issued_template(store, document), mark)


def worded[D: Templated](store: Store, compose: Callable[..., bytes]) -> Callable[..., bytes]:
    """Return a function that composes the e-mail of a document, its first argument, with the words of today."""

    def composed(document: D, *others: object) -> bytes:
        return compose(document, *others, template=current_template(store, document))

    return composed


def _version(store: Store, document: Templated, ref: TemplateRef | None) -> Template | None:
    if ref is None:
        return None
    found = store.find(Ref(Template, document.account, ref.key))
    if found is None:
        raise LookupError(f"version {ref.version} of {ref.id} is gone, and never should be")
    return found
