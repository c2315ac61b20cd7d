"""The portal link that the sample events name."""

from invoicing.domain.parties.customer import Customer
from invoicing.operations.portal._links import new_link, token_of
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork
from tests.sample_business import Run

LINK_ID = "plink_0195512345007a3b8c1d2e3f40516281"
TOKEN = "sample_token_of_one_customer_portal"


def keep(run: Run) -> None:
    def make(uow: UnitOfWork) -> None:
        # The link outlives the samples: they are read by the clock of the machine.
        link = new_link(uow, uow.get(Customer, "cust_123"), 36_500)
        uow.changes.save(link)
        uow.changes.save(token_of(link, TOKEN))

    run(make, plink=LINK_ID)
