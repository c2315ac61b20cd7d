"""What holds for all API keys of an account together."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from invoicing.domain.access.api_key import ApiKey
from invoicing.domain.access.caller import partition
from invoicing.domain.access.key_roster import MOST_KEYS, KeyRoster, UsableKey
from invoicing.domain.errors import Conflict
from tests.builders import ACCOUNT, NOW, an_api_key

HOUR = timedelta(hours=1)
KEY = an_api_key()
REVOKED = replace(KEY, revoked_at=NOW)


def roster(*keys: ApiKey) -> KeyRoster:
    return KeyRoster(account=ACCOUNT, keys=tuple(UsableKey.of(key) for key in keys))


def other(**overrides: Any) -> ApiKey:
    return an_api_key(id="key_2", **overrides)


@pytest.mark.parametrize(
    ("scope", "is_admin"),
    [("*", True), ("account:*", True), ("account:write", True), ("account:read", False), ("invoices:*", False)],
)
def test_an_admin_key_is_one_that_can_manage_keys(scope: str, *, is_admin: bool) -> None:
    assert an_api_key(scopes=("payments:read", scope)).is_admin is is_admin


@pytest.mark.parametrize(
    ("ended", "others", "is_allowed"),
    [
        (REVOKED, [], False),
        (REVOKED, [other(scopes=("invoices:*", "account:read"))], False),
        (REVOKED, [other(scopes=("account:write",))], True),
        (REVOKED, [other(expires_at=NOW + 1000 * HOUR)], False),
        (replace(KEY, expires_at=NOW + HOUR), [], False),
        (replace(KEY, expires_at=NOW + HOUR), [other(expires_at=NOW + 2 * HOUR)], False),
        (replace(KEY, expires_at=NOW + HOUR), [other()], True),
        (replace(KEY, expires_at=NOW), [other()], True),
    ],
)
def test_a_key_ends_only_where_another_one_makes_up_for_it(
    ended: ApiKey, others: list[ApiKey], *, is_allowed: bool
) -> None:
    before = roster(KEY, *others)
    if is_allowed:
        after = before.with_ended(ended, NOW)
        assert after.find("key_1") == (UsableKey.of(ended) if ended.is_usable(NOW) else None)
        assert after.has_admin_until == before.has_admin_until
    else:
        with pytest.raises(Conflict, match="Create another key with account:write first") as refused:
            before.with_ended(ended, NOW)
        assert refused.value.code == "LAST_ADMIN_KEY"


@pytest.mark.parametrize(("later", "is_allowed"), [(-1, False), (0, True), (1, True)])
def test_a_key_that_expires_needs_another_one_that_does_not_expire_earlier(later: int, *, is_allowed: bool) -> None:
    expires = NOW + HOUR
    before = roster(replace(KEY, expires_at=expires), other(expires_at=expires + timedelta(seconds=later)))
    if is_allowed:
        assert before.with_ended(replace(REVOKED, expires_at=expires), NOW).find("key_1") is None
    else:
        with pytest.raises(Conflict):
            before.with_ended(replace(REVOKED, expires_at=expires), NOW)


def test_a_key_that_manages_no_keys_can_always_end() -> None:
    key = other(scopes=("invoices:read",))
    assert roster(KEY, key).with_ended(replace(key, revoked_at=NOW), NOW) == roster(KEY)
    assert roster(key).with_ended(replace(key, revoked_at=NOW), NOW) == roster()


@pytest.mark.parametrize(("mode", "most"), [("live", 100), ("test", 50)])
def test_a_roster_has_so_many_keys_and_no_more(mode: Any, most: int) -> None:
    assert MOST_KEYS[mode] == most
    full = KeyRoster(account=partition(ACCOUNT, mode))
    for number in range(most):
        full = full.with_room().with_new(an_api_key(id=f"key_{number}", mode=mode))
    with pytest.raises(Conflict, match=f"at most {most} usable API keys") as refused:
        full.with_room()
    assert refused.value.code == "TOO_MANY_API_KEYS"
    one_less = full.with_ended(an_api_key(id="key_7", mode=mode, revoked_at=NOW), NOW)
    assert len(one_less.with_room().keys) == most - 1


def test_keys_that_have_expired_are_left_out_to_the_second() -> None:
    keys = roster(other(expires_at=NOW), an_api_key(id="key_3", expires_at=NOW + timedelta(seconds=1)), KEY)
    assert [key.id for key in keys.at(NOW).keys] == ["key_3", "key_1"]


def test_a_key_succeeds_those_that_it_came_of() -> None:
    first, second, third = (an_api_key(id=f"key_{number}", replaced_by=f"key_{number + 1}") for number in (1, 2, 3))
    keys = roster(first, second, third, an_api_key(id="key_4"), an_api_key(id="key_5"))
    assert all(keys.succeeds(later, "key_1") for later in ("key_2", "key_3", "key_4"))
    assert not any(keys.succeeds(later, "key_3") for later in ("key_1", "key_2", "key_3", "key_5"))
    assert not keys.succeeds("key_4", "unknown")
    assert not roster(first, third, an_api_key(id="key_4")).succeeds("key_4", "key_1")


_KEYS = st.builds(
    an_api_key,
    id=st.sampled_from(["key_1", "key_2", "key_3", "key_4"]),
    scopes=st.sampled_from([("*",), ("account:write",), ("invoices:read",)]),
    expires_at=st.none() | st.integers(-2, 5).map(lambda hours: NOW + hours * HOUR),
    revoked_at=st.none() | st.just(NOW),
)


@given(st.lists(_KEYS.filter(lambda key: key.is_usable(NOW)), unique_by=lambda key: key.id), st.lists(_KEYS))
def test_no_series_of_changes_brings_the_end_of_the_last_admin_key_forward(
    keys: list[ApiKey], ended: list[ApiKey]
) -> None:
    stored = {key.id: key for key in keys}
    current = roster(*keys)
    promised = current.has_admin_until
    for change in ended:
        key = stored.get(change.id)
        if key is None:
            continue
        after = replace(key, expires_at=change.expires_at or key.expires_at, revoked_at=change.revoked_at)
        try:
            current = current.with_ended(after, NOW)
        except Conflict:
            continue
        stored[key.id] = after
        assert current.has_admin_until >= promised
        promised = current.has_admin_until
    admins = [key for key in stored.values() if key.is_admin and key.is_usable(NOW)]
    assert bool(admins) == any(key.is_admin for key in keys)
