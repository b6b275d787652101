"""What an account has for a second factor, and whether a session has proven one."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django.http import HttpRequest

from ventanilla.accounts.enums import FactorKind
from ventanilla.accounts.models import User

MAIN = (FactorKind.APP, FactorKind.KEY)
"""Printed codes alone don't count: they stand in for one of these."""


@dataclass(frozen=True)
class Key:
    """A security key; `mark` names it in addresses."""

    mark: str
    name: str
    added_at: datetime
    used_at: datetime | None
    authenticator: Authenticator


@dataclass(frozen=True)
class Factors:
    """The second factors of an account; `codes` are the printed ones not used yet, None where none were made."""

    app: Authenticator | None
    keys: list[Key]
    codes: list[str] | None

    @property
    def any(self) -> bool:
        return self.app is not None or bool(self.keys)

    @property
    def codes_left(self) -> int | None:
        return None if self.codes is None else len(self.codes)


def factors_of(user: User) -> Factors:
    """What the account has, in one query."""
    found = list(Authenticator.objects.filter(user_id=user.pk).order_by("pk"))
    of = {kind: [each for each in found if each.type == kind] for kind in FactorKind}
    codes = next(iter(of[FactorKind.PRINTED_CODES]), None)
    return Factors(
        app=next(iter(of[FactorKind.APP]), None),
        keys=[_key(each) for each in of[FactorKind.KEY]],
        codes=codes.wrap().get_unused_codes() if codes else None,
    )


def _key(authenticator: Authenticator) -> Key:
    mark = hashlib.sha256(str(authenticator.data["credential"].get("id", "")).encode()).hexdigest()[:16]
    name = authenticator.wrap().name
    return Key(mark, name, authenticator.created_at, authenticator.last_used_at, authenticator)


def has_factor(user: User) -> bool:
    """Whether the account has an app or a key."""
    return bool(Authenticator.objects.filter(user_id=user.pk, type__in=MAIN).exists())


def is_proven(request: HttpRequest, user: User) -> bool:
    """Whether somebody gave a second factor in this session. Asks the session alone."""
    return any(each.get("method") == "mfa" for each in get_authentication_records(request, user))
