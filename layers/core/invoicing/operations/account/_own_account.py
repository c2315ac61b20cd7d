"""Ids of the entities that an account has once: profile, number series and exchange rates."""

from invoicing.domain.numbering.series import SeriesId

PROFILE = "profile"
"""The id of an account among the entities of its partition."""

SERIES: SeriesId = "invoice"
"""The id of the number series of invoices."""

CREDIT_NOTES: SeriesId = "credit_note"
"""The id of the number series of credit notes."""

RATES = "exchange-rates"
"""The id of an account's exchange rates."""
