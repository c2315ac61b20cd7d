"""The list of an invoice's views."""

from invoicing.api.outputs.views import ViewOutput
from invoicing.api.query import ListSpec

VIEWS = ListSpec(filters={}, sorts=(), output=ViewOutput)
