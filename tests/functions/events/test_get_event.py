from datetime import timedelta

import pytest

from tests.functions.events.asking import create, event, events, set_real_time
from tests.http import a_key

pytestmark = pytest.mark.usefixtures("later")


def test_an_event_is_read_as_it_is_listed(key: str) -> None:
    create(key)
    for listed in events(key).data:
        answer = event(key, listed["id"])
        assert (answer.status, answer.data) == (200, listed)
        assert answer.json["links"] == {"self": f"https://api.example.com/v1/invoicing/events/{listed['id']}"}


@pytest.mark.parametrize("event_id", ["evt_404", "inv_1", "x" * 2000])
def test_what_is_not_there_is_not_found(key: str, event_id: str) -> None:
    answer = event(key, event_id)
    assert (answer.status, answer.error["code"]) == (404, "EVENT_NOT_FOUND")


def test_another_account_and_the_other_mode_do_not_have_it(key: str) -> None:
    create(key)
    listed = events(key).data[0]["id"]
    for other in (a_key("test"), a_key("live")):
        assert event(other, listed).error["code"] == "EVENT_NOT_FOUND"


def test_after_thirteen_months_events_of_a_customer_have_expired_and_those_of_an_invoice_have_not(key: str) -> None:
    create(key)
    of_invoice, of_customer = events(key).data
    set_real_time(ahead=timedelta(days=394))
    assert event(key, of_customer["id"]).status == 200
    set_real_time(ahead=timedelta(days=398))
    assert event(key, of_invoice["id"]).data == of_invoice
    answer = event(key, of_customer["id"])
    assert (answer.status, answer.error["code"]) == (404, "EVENT_EXPIRED")
    assert [listed["id"] for listed in events(key).data] == [of_invoice["id"]]
