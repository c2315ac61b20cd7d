"""The list of templates."""

from invoicing.api.outputs.templates import TemplateOutput
from invoicing.api.query import ListSpec

TEMPLATES = ListSpec(filters={}, sorts=(), output=TemplateOutput)
