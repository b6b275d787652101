"""Writes of the accounts room.

The trail's chain is `accounts`; it names accounts by UUID and holds no personal data.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from allauth.mfa.models import Authenticator
from django.db import IntegrityError, transaction
from django.db.models import Q

from ventanilla.accounts import keyring, password_links, sealing
from ventanilla.accounts.enums import ClosingReason, FactorKind, Notice, ResetReason, Scope
from ventanilla.accounts.models import ApiKey, User, key_digest
from ventanilla.audit.actions import Entry, append
from ventanilla.jobs.actions import enqueue
from ventanilla.lib import clock, ids

CHAIN = "accounts"
_NOTICE = "ventanilla.accounts.jobs.send_notice"
_LINK = "ventanilla.accounts.jobs.send_password_link"


class UsernameTaken(Exception):
    """Another account has this username."""


def record(verb: str, user: User, *, by: str, **facts: Any) -> None:
    """Write to the trail what happened to an account. Must run inside the transaction of it."""
    append(CHAIN, [Entry(verb, {"user": str(user.uuid), **facts})], by=by)


def ref(user: User) -> str:
    """The user as the trail names them."""
    return f"user:{user.uuid}"


@transaction.atomic
def issue_api_key(
    *,
    name: str,
    scopes: list[Scope],
    user: User | None = None,
    per_minute: int = 600,
    expires_at: datetime | None = None,
    by: str = "system",
) -> tuple[ApiKey, str]:
    """Make a key for a machine. Returns it with its secret, which can't be read again."""
    secret = f"vt_{ids.secret(24)}"
    key = ApiKey.objects.create(
        name=name,
        prefix=secret[:9],
        digest=key_digest(secret),
        scopes=[str(scope) for scope in scopes],
        user=user,
        per_minute=per_minute,
        expires_at=expires_at,
    )
    append(CHAIN, [Entry("api_key_issued", {"key": str(key.uuid), "scopes": key.scopes})], by=by)
    return key, secret


@transaction.atomic
def revoke_api_key(key: ApiKey, *, by: str) -> None:
    """The key opens nothing from now on. Revoking it again changes nothing."""
    if ApiKey.objects.filter(pk=key.pk, revoked_at=None).update(revoked_at=clock.now()):
        append(CHAIN, [Entry("api_key_revoked", {"key": str(key.uuid)})], by=by)
        _forget_keys()


def _forget_keys() -> None:
    """What is held of keys is read anew: now, and again by whoever read it before the commit."""
    keyring.forget()
    transaction.on_commit(keyring.forget)


def open_account(*, username: str, name: str, email: str, by: str) -> User:
    """Make an account without a password: its owner sets one by a link. Raises UsernameTaken."""
    try:
        with transaction.atomic():
            user = User.objects.create_user(username, None, name=name, email=email)
            record("account_opened", user, by=by)
            return user
    except IntegrityError as error:
        raise UsernameTaken from error


def invite(user: User, *, base: str, by: str) -> None:
    """Write to the owner with a link to set their password, under `base` (`https://host`)."""
    with transaction.atomic():
        enqueue(_LINK, user=str(user.uuid), base=base, invitation=not user.has_usable_password())
        record("password_link_sent", user, by=by)


def print_password_link(user: User, *, by: str) -> str:
    """The path of a link that sets this user's password, for whoever hands it over; the trail keeps who saw it."""
    with transaction.atomic():
        record("password_link_printed", user, by=by)
    return password_links.path_for(user)


def forgot_password(*, typed: str, base: str) -> None:
    """Write to whoever has this username or e-mail; silent where nobody does, so that nobody can ask who does."""
    typed = typed.strip()
    owners = (
        User.objects.filter(is_active=True).exclude(email="").filter(Q(username=typed.lower()) | Q(email__iexact=typed))
    )
    with transaction.atomic():
        for owner in owners.order_by("pk")[:5]:
            enqueue(_LINK, user=str(owner.uuid), base=base, invitation=False)


@transaction.atomic
def set_password(user: User, password: str, *, by: str) -> None:
    """A new password; it ends every session of the account (who changes it in one may keep that one)."""
    user.set_password(password)
    user.save(update_fields=["password"])
    record("password_set", user, by=by)
    enqueue(_NOTICE, user=str(user.uuid), notice=Notice.PASSWORD_CHANGED)


@transaction.atomic
def end_sessions(user: User, *, by: str) -> None:
    """Sign the account out everywhere."""
    _end_sessions(user)
    record("sessions_ended", user, by=by)


def _end_sessions(user: User) -> None:
    user.session_epoch += 1
    user.save(update_fields=["session_epoch"])


@transaction.atomic
def update_profile(user: User, *, by: str, **fields: Any) -> None:
    """Set name, phone, language, single_key_shortcuts, compact_lists: those given. Raises TypeError for others."""
    if others := fields.keys() - {"name", "phone", "language", "single_key_shortcuts", "compact_lists"}:
        raise TypeError(f"not of the profile: {', '.join(sorted(others))}")
    changed = sorted(name for name, value in fields.items() if getattr(user, name) != value)
    if changed:
        for name in changed:
            setattr(user, name, fields[name])
        user.save(update_fields=changed)
        record("profile_changed", user, by=by, fields=changed)


@transaction.atomic
def change_email(user: User, email: str, *, by: str) -> None:
    """Set where we write to. The address before is told of it."""
    if email == user.email:
        return
    before, user.email = user.email, email
    user.save(update_fields=["email"])
    record("email_changed", user, by=by)
    if before:
        enqueue(_NOTICE, user=str(user.uuid), notice=Notice.EMAIL_CHANGED, before=sealing.seal(before))


@transaction.atomic
def close_account(user: User, *, reason: ClosingReason, by: str) -> None:
    """The account signs in no more and its sessions end; what was done with it stays under its name."""
    user.is_active = False
    user.save(update_fields=["is_active"])
    _forget_keys()
    _end_sessions(user)
    ApiKey.objects.filter(user=user, revoked_at=None).update(revoked_at=clock.now())
    record("account_closed", user, by=by, reason=str(reason))


@transaction.atomic
def reopen_account(user: User, *, by: str) -> None:
    """The account signs in again."""
    user.is_active = True
    user.save(update_fields=["is_active"])
    record("account_reopened", user, by=by)


@transaction.atomic
def reset_second_factor(user: User, *, reason: ResetReason, by: str) -> None:
    """Take every second factor away and end the sessions: the owner sets up another at the next sign-in."""
    removed, _by_model = Authenticator.objects.filter(user_id=user.pk).delete()
    _end_sessions(user)
    record("second_factor_reset", user, by=by, reason=str(reason), removed=removed)
    enqueue(_NOTICE, user=str(user.uuid), notice=Notice.FACTORS_RESET)


@transaction.atomic
def record_factor(verb: str, user: User, kind: FactorKind, notice: Notice) -> None:
    """Note that the owner changed a second factor, and write to them. In the transaction of the change."""
    record(verb, user, by=ref(user), kind=str(kind))
    enqueue(_NOTICE, user=str(user.uuid), notice=notice)


@transaction.atomic
def remove_factor(authenticator: Authenticator, *, kind: FactorKind) -> None:
    """Take one second factor away from its owner; the printed codes go with the last."""
    user = authenticator.user
    authenticator.delete()
    left = Authenticator.objects.filter(user_id=user.pk)
    if not left.exclude(type=FactorKind.PRINTED_CODES).exists():
        left.delete()
    record_factor("second_factor_removed", user, kind, Notice.FACTOR_REMOVED)
