"""E-mails under a test clock, which are simulated: pretended time mails nobody."""

from invoicing.domain.deliveries.addresses import mailbox_of

SIMULATOR = "@simulator.amazonses.com"
"""The domain of SES's mailbox simulator."""


def is_simulated(address: str, own_address: str | None) -> bool:
    """Whether nothing is sent to an address under a test clock: it is neither the account's own nor the simulator's."""
    mailbox = mailbox_of(address)
    is_own = own_address is not None and mailbox == mailbox_of(own_address)
    return not (is_own or mailbox.endswith(SIMULATOR))
