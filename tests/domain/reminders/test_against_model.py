"""The rules, driven by ticks, against an independent model that looks at every hour."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from invoicing.domain.reminders.state import Reason
from tests.domain.reminders.model import Model
from tests.domain.reminders.office import Office
from tests.domain.reminders.random_accounts import Life, life
from tests.examples import examples

ACCOUNTS = 1000
HOUR = timedelta(hours=1)


def lived(found: Life) -> tuple[Office, Model]:
    """Let a life happen to both."""
    office, model = Office(found.zone), Model(found.zone)
    happenings = iter(found.happenings)
    happening = next(happenings, None)
    for tick in found.ticks:
        while happening and happening.at < tick:
            for account in (office, model):
                getattr(account, happening.what)(happening.at, *happening.values, **dict(happening.named))
            happening = next(happenings, None)
        office.tick(tick)
        model.tick(tick)
    return office, model


def differences(seed: int) -> Iterator[str]:
    """How the two differ after the life of a seed."""
    found = life(seed)
    office, model = lived(found)
    mails = [(mail.at, mail.customer, mail.steps, mail.named, mail.lead) for mail in office.mails]
    if sorted(mails) != sorted(model.mails):
        yield f"mails: {sorted(set(mails) ^ set(model.mails))}"
    end = found.ticks[-1]
    for name in office.invoices:
        predicted, outcomes = model.end(end, name), office.outcomes(end, name)
        if any(outcomes.get(step, "") not in predicted.get(step, {""}) for step in predicted | outcomes):
            yield f"{name}: {outcomes}, not {predicted}"
    if seed % 3 == 0:
        future = model.future(end)
        for name, bill in office.invoices.items():
            if not office.customers[bill.customer].unreachable and office.coming(end, name) != future[name]:
                yield f"{name}: {office.coming(end, name)} come, not {future[name]}"


@pytest.mark.nightly
def test_every_step_of_random_accounts_is_as_predicted() -> None:
    found = {seed: problems for seed in range(examples(ACCOUNTS)) if (problems := list(differences(seed)))}
    assert found == {}


def test_lives_have_everything_that_decides() -> None:
    """Each outcome, each kind of happening, clocks that change, outages, and e-mails that name several."""
    outcomes, happened, changed = set(), set(), 0
    several, outages = 0, 0
    for seed in range(200):
        found = life(seed)
        office, _ = lived(found)
        end = found.ticks[-1]
        outcomes |= {outcome for name in office.invoices for outcome in office.outcomes(end, name).values()}
        happened |= {each.what for each in found.happenings}
        several += any(len(mail.named) > 1 for mail in office.mails)
        outages += any(after - before > HOUR for before, after in pairwise(found.ticks))
        zone = ZoneInfo(found.zone)
        changed += found.ticks[0].astimezone(zone).utcoffset() != end.astimezone(zone).utcoffset()
    assert outcomes >= {str(reason) for reason in Reason} - {"disabled"} | {"sent"}
    assert happened >= {
        "put_settings", "move", "override_customer", "override_invoice", "issue", "mail", "close", "reopen", "reach",
        "remind_by_hand",
    }  # fmt: skip
    assert min(several, outages, changed) > 5
