"""The list of API keys."""

from invoicing.api.outputs.api_keys import ApiKeyOutput
from invoicing.api.query import ListSpec
from invoicing.operations.lists.sort_texts import CREATED

API_KEYS = ListSpec(filters={}, sorts=(CREATED,), output=ApiKeyOutput)
