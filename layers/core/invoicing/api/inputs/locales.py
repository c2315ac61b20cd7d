"""The languages of documents in requests."""

from typing import Annotated, Any, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from invoicing.api.inputs.base import RequestBody
from invoicing.api.inputs.fields import Locale
from invoicing.domain.language import locale_of

Locales = Annotated[list[Locale], Field(min_length=1, max_length=2)]
"""The language of a document, and the second one of a bilingual document."""


class InLanguages(RequestBody):
    """Whose documents have one or two languages: ``locale`` is the first of ``locales``, and alone the only one."""

    locale: Locale | None = None
    locales: Locales | None = None

    @model_validator(mode="after")
    def _first_alike(self) -> Self:
        if self.locale and self.locales and self.locale != self.locales[0]:
            raise PydanticCustomError("LOCALES_CONFLICT", "must not give a locale that is not the first of locales")
        return self

    @property
    def locale_given(self) -> str | None:
        """The locale of the domain, of both languages, where one is given."""
        return locale_of(self.locales) if self.locales else self.locale

    @property
    def locale_changed(self) -> dict[str, Any]:
        """The locale of the domain by its name, where the request changes it; None where it removes it."""
        return {"locale": self.locale_given} if {"locale", "locales"} & self.model_fields_set else {}
