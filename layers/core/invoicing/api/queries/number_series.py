"""The list of number series."""

from invoicing.api.outputs.number_series import NumberSeriesOutput
from invoicing.api.query import ListSpec

NUMBER_SERIES = ListSpec(filters={}, sorts=(), output=NumberSeriesOutput)
