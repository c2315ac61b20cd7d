"""Templates in responses."""

from typing import TypedDict, cast

from invoicing.api.envelope import HttpResponse, timestamp
from invoicing.api.outputs.pdf import pdf_response
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.templates.template import TemplateRef
from invoicing.operations.templates._own_templates import OwnTemplate


class TemplateRefOutput(TypedDict):
    """The version of a template that an issued document keeps."""

    id: str
    version: int


class DesignOutput(TypedDict):
    """Which template the client gave, and the version that an issued invoice keeps."""

    template_id: str | None
    template: TemplateRefOutput | None


class LocaleTextsOutput(TypedDict, total=False):
    """Texts and labels in one language, those that there are."""

    labels: dict[str, str]
    header: str
    footer: str
    payment_instructions: str
    email_subject: str
    email_body: str


class TemplateOutput(TypedDict):
    """A template in its current version."""

    id: str
    name: str
    version: int
    default: bool
    layout: str
    accent_color: str | None
    logo: str | None
    font: str
    paper_size: str | None
    columns: list[str]
    labels: dict[str, str]
    header: str | None
    footer: str | None
    payment_instructions: str | None
    email_subject: str | None
    email_body: str | None
    texts_by_locale: dict[str, LocaleTextsOutput]
    created_at: str
    updated_at: str


def template_ref_output(ref: TemplateRef | None) -> TemplateRefOutput | None:
    """Return a version of a template as documents show it."""
    return TemplateRefOutput(id=ref.id, version=ref.version) if ref else None


def design_output(invoice: Invoice) -> DesignOutput:
    """Return what an invoice says of its template; a draft has no version yet."""
    issued = invoice.template if invoice.sent_at else None
    return DesignOutput(template_id=invoice.template_id, template=template_ref_output(issued))


def template_output(own: OwnTemplate) -> TemplateOutput:
    """Return a template as responses show it."""
    template, design = own.template, own.template.design
    return TemplateOutput(
        id=template.ref.id,
        name=template.name,
        version=template.ref.version,
        default=own.is_default,
        layout=design.layout,
        accent_color=design.accent_color,
        logo=design.logo.file_id if design.logo else None,
        font=design.font,
        paper_size=design.paper_size,
        columns=list(design.columns),
        labels=dict(design.labels),
        header=design.header,
        footer=design.footer,
        payment_instructions=design.payment_instructions,
        email_subject=design.email_subject,
        email_body=design.email_body,
        texts_by_locale={tag: cast("LocaleTextsOutput", {**own}) for tag, own in design.texts_by_locale.items()},
        created_at=timestamp(template.created_at),
        updated_at=timestamp(template.updated_at),
    )


def preview_response(content: bytes, form: str) -> HttpResponse:
    """Return a preview: a PDF, or the HTML of an e-mail, in which nothing runs."""
    if form == "pdf":
        return pdf_response(content, "preview.pdf")
    headers = {"Content-Security-Policy": "sandbox"}
    return HttpResponse(status=200, body=content, headers=headers, content_type="text/html; charset=utf-8")


def template_links(own: OwnTemplate) -> dict[str, str | None]:
    """Return the links of a template."""
    path = f"/templates/{own.template.ref.id}"
    return {
        "self": path,
        "preview": f"{path}/preview",
        "default": None if own.is_default else f"{path}/default",
        "account": "/account",
    }
