"""Bodies of requests about portal links."""

from typing import Annotated

from pydantic import Field, PlainValidator

from invoicing.api.inputs.base import RequestBody
from invoicing.api.inputs.fields import whole_number_check, whole_number_schema
from invoicing.domain.portal.portal_link import DEFAULT_DAYS, MOST_DAYS

Days = Annotated[int, PlainValidator(whole_number_check(1, MOST_DAYS)), whole_number_schema(1, MOST_DAYS)]


class CreatePortalLinkInput(RequestBody):
    """Body of ``POST /customers/{id}/portal-links``."""

    expires_in_days: Days = DEFAULT_DAYS
    send_email: Annotated[bool, Field(strict=True)] = False
