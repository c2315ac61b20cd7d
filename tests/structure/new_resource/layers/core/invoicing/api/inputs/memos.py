"""The body of a memo."""

from invoicing.api.inputs.base import RequestBody
from invoicing.api.inputs.fields import Text


class CreateMemoInput(RequestBody):
    """A memo as a client sends it."""

    text: Text
