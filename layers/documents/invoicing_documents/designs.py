"""Documents in the design of a template: its words, its texts, what it leaves out, its colours."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

from invoicing.dataclass import dataclass
from invoicing.domain.invoices.invoice import Invoice, Status
from invoicing.domain.parties.account import Seller
from invoicing.domain.parties.customer import Buyer
from invoicing.domain.templates.colors import WHITE, Color, color_of, readable_on_white, text_of, text_on
from invoicing.domain.templates.template import Design, Template
from invoicing.operations.documents.failed_texts import tell_of_failed_text
from invoicing_documents.content import Content, content_of, has_to_be_paid
from invoicing_documents.plain_text import one_line
from invoicing_documents.wording import Wording, wording_for

if TYPE_CHECKING:
    from invoicing_documents.own_texts.values import Value

LOGGER = logging.getLogger(__name__)
_TINT = 8  # per cent of the colour in that of a panel


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours that follow from an accent colour: of text on white, of areas and text on them, of panels."""

    accent: Color
    area: Color
    on_area: Color
    panel: Color

    def written(self) -> Mapping[str, str]:
        """Return the colours as CSS writes them."""
        return {name: text_of(getattr(self, name)) for name in self.__slots__}


OURS = Palette(accent=(31, 78, 121), area=(31, 78, 121), on_area=WHITE, panel=(238, 243, 248))
"""The colours without a template."""


@cache
def palette_of(design: str | None) -> Palette:
    """Return the colours of an accent colour, ours without one."""
    if design is None:
        return OURS
    color = color_of(design)
    panel = tuple((part * _TINT + 255 * (100 - _TINT)) // 100 for part in color)
    return Palette(readable_on_white(color), color, text_on(color), (panel[0], panel[1], panel[2]))


def labelled(wording: Wording, design: Design | None) -> Wording:
    """Return the wording with the labels of a design in place of ours, each on one line and not empty."""
    if design is None or not design.labels:
        return wording
    labels = {key: label for key, given in design.labels.items() if (label := one_line(given))}
    return replace(wording, texts={**wording.texts, **labels})


def designed_content(invoice: Invoice, template: Template | None) -> Content:
    """Return the text of an invoice in the design of a template, its own texts with the invoice's present amounts.

    `ValueError` without a seller.
    """
    if template is None:
        return content_of(invoice)
    design = template.design.in_locale(invoice.locale)
    wording = labelled(wording_for(invoice.locale), design)
    shown = invoice
    if "sku" not in design.columns:
        shown = replace(invoice, lines=tuple(line._replace(sku=None) for line in invoice.lines))
    content = content_of(shown, wording)
    says = words_of_invoice(replace(invoice, overdue_at=None), wording, today=invoice.issue_date)
    instructions = says.text("payment_instructions", design.payment_instructions) if has_to_be_paid(invoice) else ""
    return replace(
        content,
        design=design,
        header=says.text("header", design.header),
        footer=says.text("footer", design.footer),
        payment_instructions=instructions or content.payment_instructions,
    )


def as_issued(invoice: Invoice) -> Invoice:
    """Return the invoice without what happened since: what is printed must not depend on when it is printed."""
    return replace(
        invoice,
        status=Status.DRAFT if invoice.status is Status.DRAFT or invoice.sent_at is None else Status.SENT,
        amount_paid=0,
        amount_credited=0,
        applied_to_invoice=0,
        credited_to_customer=0,
        amount_written_off=0,
        paid_date=None,
        overdue_at=None,
    )


def in_language(template: Template | None, locale: str) -> Template | None:
    """Return a template with its texts in the language of a document."""
    return replace(template, design=template.design.in_locale(locale)) if template else None


def worded_for(locale: str, template: Template | None) -> Wording:
    """Return the wording for a locale, with the labels of a template."""
    return labelled(wording_for(locale), template.design if template else None)


def in_design(
    content: Content, template: Template | None, about: str, buyer: Buyer, seller: Seller, **known: Any
) -> Content:
    """Return the content of a document that is no invoice, in the design of a template, with its header and footer.

    ``known`` is what they see besides customer and account, as for `variables_of_others`. ``about`` is for the log.
    """
    if template is None:
        return content
    design, wording = template.design, content.wording

    def variables() -> "Mapping[str, Value]":
        from invoicing_documents.own_texts.variables import variables_of_others  # noqa: PLC0415

        return variables_of_others(buyer, seller, wording, **known)

    says = OwnWords(about, wording, variables)
    header, footer = says.text("header", design.header), says.text("footer", design.footer)
    return replace(content, design=design, header=header, footer=footer)


def words_of_invoice(
    invoice: Invoice, wording: Wording, *, today: date, hosted_url: str | None = None, about: str = ""
) -> "OwnWords":
    """Return what renders texts about an invoice on a day; ``about`` is for the log. `ValueError` without a seller."""
    seller = invoice.seller
    if seller is None:
        raise ValueError(f"invoice {invoice.id} has no seller")

    def variables() -> "Mapping[str, Value]":
        from invoicing_documents.own_texts.variables import variables_of  # noqa: PLC0415

        return variables_of(invoice, seller, wording, today=today, hosted_url=hosted_url)

    return OwnWords(about or invoice.id, wording, variables)


@dataclass(frozen=True, slots=True)
class OwnWords:
    """Renders the texts of a template for the document ``about``; Jinja2 is loaded only where there are any."""

    about: str
    wording: Wording
    variables: "Callable[[], Mapping[str, Value]]"

    def text(self, field: str, source: str | None) -> str:
        """Render a text; empty without one, and where it fails."""
        if not source:
            return ""
        from invoicing_documents.own_texts.budget import TextFailed  # noqa: PLC0415
        from invoicing_documents.own_texts.rendering import render_text  # noqa: PLC0415

        try:
            return render_text(source, self.variables(), self.wording).strip()
        except TextFailed as error:
            tell_of_failed_text(field)
            # Not the reason, which may quote the text.
            LOGGER.warning("%s: its %s failed in line %d: %s", self.about, field, error.line, error.code)
            return ""
