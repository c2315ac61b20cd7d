"""Lists of portal links."""

from invoicing.api.outputs.portal_links import PortalLinkOutput
from invoicing.api.query import INSTANT, RANGE, Filter, ListSpec
from invoicing.operations.lists.sort_texts import CREATED

PORTAL_LINKS = ListSpec(filters={CREATED: Filter(INSTANT, RANGE)}, sorts=(CREATED,), output=PortalLinkOutput)
