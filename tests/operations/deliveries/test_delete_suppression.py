"""Deleting a suppression."""

import pytest

from invoicing.domain.deliveries.suppression import FailureStreak, Suppression
from invoicing.operations.deliveries.delete_suppression import delete_suppression
from tests.builders import ACCOUNT
from tests.fakes import FakeStore
from tests.office import Office
from tests.sending import suppress


def delete(office: Office, address: str) -> None:
    office.run_use_case(lambda uow: delete_suppression(uow, address))


@pytest.mark.parametrize("spelling", ["bob@müller.example", "BOB@xn--mller-kva.example", "Bob@MÜLLER.example"])
def test_any_spelling_deletes_it_and_its_failures(office: Office, store: FakeStore, spelling: str) -> None:
    suppress(store, "Bob@Müller.example", "other@x.example")
    mailbox = "bob@xn--mller-kva.example"
    store.keep(FailureStreak(account=ACCOUNT, id=mailbox, version=3, failed=("dlv_1", "dlv_2", "dlv_3")))
    delete(office, spelling)
    assert [each.id for each in store.all(Suppression)] == ["other@x.example"]
    assert store.all(FailureStreak) == []
    commits = store.commits
    delete(office, spelling)
    assert store.commits == commits


def test_of_two_who_delete_it_at_once_both_succeed(office: Office, store: FakeStore) -> None:
    suppress(store, "bob@x.example")
    store.before_next_commit(lambda: delete(office, "bob@x.example"))
    delete(office, "bob@x.example")
    assert store.all(Suppression) == []


def test_failures_that_do_not_suppress_yet_are_kept(office: Office, store: FakeStore) -> None:
    streak = FailureStreak(account=ACCOUNT, id="bob@x.example", version=1, failed=("dlv_1",))
    store.keep(streak)
    delete(office, "bob@x.example")
    assert store.all(FailureStreak) == [streak]
