"""Keys of programs: made, shown once, revoked."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.accounts.cast import Cast
from tests.sql import statements
from ventanilla.accounts import actions, keyring
from ventanilla.accounts.enums import ClosingReason, Scope
from ventanilla.accounts.models import ApiKey, key_digest
from ventanilla.audit.models import TrailEntry
from ventanilla.lib import clock

pytestmark = pytest.mark.django_db


def test_a_key_is_kept_as_a_digest_and_the_trail_says_who_made_it(people: Cast) -> None:
    key, secret = actions.issue_api_key(name="Sensores", scopes=[Scope.CASE_FILE], by="user:x")
    kept = ApiKey.objects.get()
    assert kept.digest == key_digest(secret)
    assert secret not in str(kept.__dict__)
    entry = TrailEntry.objects.get(chain="accounts", verb="api_key_issued")
    assert (entry.by, entry.data["key"]) == ("user:x", str(key.uuid))
    assert "Sensores" not in str(entry.data)


def test_it_ends_on_its_day_or_when_revoked(people: Cast) -> None:
    tomorrow = clock.now() + timedelta(days=1)
    key, _secret = actions.issue_api_key(name="Sensores", scopes=[Scope.CASE_FILE], expires_at=tomorrow)
    assert key.is_live
    with clock.at(tomorrow):
        assert not key.is_live
    for _twice in range(2):
        actions.revoke_api_key(key, by="user:x")
    key.refresh_from_db()
    assert not key.is_live
    assert TrailEntry.objects.filter(verb="api_key_revoked").count() == 1


def test_the_keys_of_a_closed_account_end_with_it(people: Cast) -> None:
    key, _secret = actions.issue_api_key(name="Sensores", scopes=[Scope.CASE_READ], user=people["mario"])
    actions.close_account(people["mario"], reason=ClosingReason.LEFT, by="user:x")
    key.refresh_from_db()
    assert not key.is_live


def test_a_key_in_use_is_read_once_in_a_while_and_closed_at_once(people: Cast) -> None:
    key, secret = actions.issue_api_key(name="Sensores", scopes=[Scope.CASE_FILE])
    keyring.forget()
    with statements() as sent:
        assert keyring.live_key(secret) == keyring.live_key(secret) == key
    assert len(sent) == 1
    actions.revoke_api_key(key, by="user:x")
    assert keyring.live_key(secret) is None


def test_a_key_that_is_held_ends_on_its_day(people: Cast) -> None:
    tomorrow = clock.now() + timedelta(days=1)
    _key, secret = actions.issue_api_key(name="Sensores", scopes=[Scope.CASE_FILE], expires_at=tomorrow)
    assert keyring.live_key(secret)
    with clock.at(tomorrow):
        assert keyring.live_key(secret) is None


def test_a_key_that_is_held_closes_with_its_owners_account(people: Cast) -> None:
    _key, secret = actions.issue_api_key(name="Tableta", scopes=[Scope.CASE_FILE], user=people["nadia"])
    assert keyring.live_key(secret)
    actions.close_account(people["nadia"], reason=ClosingReason.LEFT, by="user:x")
    assert keyring.live_key(secret) is None


def test_what_is_no_key_is_asked_for_every_time_and_held_never(people: Cast) -> None:
    with statements() as sent:
        assert keyring.live_key("vt_nada") is keyring.live_key("vt_nada") is keyring.live_key("") is None
    assert len(sent) == 2


def test_who_gets_a_key_that_is_held_may_write_on_it(people: Cast) -> None:
    _key, secret = actions.issue_api_key(name="Tableta", scopes=[Scope.CASE_FILE], user=people["nadia"])
    mine, yours = keyring.live_key(secret), keyring.live_key(secret)
    assert mine is not None
    assert yours is not None
    assert mine.user is not None
    mine.user.name = "Otra"
    assert yours.user is not None
    assert yours.user.name == people["nadia"].name
