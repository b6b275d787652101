"""The people of these tests: one for every role, one without, one whose account is closed."""

from __future__ import annotations

from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from django.test import Client

from ventanilla.accounts.models import User
from ventanilla.organization.models import Department, Membership, Municipality, Role, Team
from ventanilla.organization.starting import start_roles

PASSWORD = "cuatro palabras al azar"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
ROLES = {
    "sonia": "systems",
    "marta": "front_desk",
    "mario": "service_manager",
    "carla": "crew",
    "elena": "contractor",
    "ada": "coordinator",
    "oscar": "oversight",
    "alicia": "mayor",
    "concha": "council",
}


@dataclass(frozen=True)
class Cast:
    """By username; `nadia` has no role and `zoe`'s account is closed."""

    users: dict[str, User]
    lighting: Department
    crew: Team

    def __getitem__(self, name: str) -> User:
        return self.users[name]


def gather() -> Cast:
    Municipality.objects.create(
        name="Villa Esperanza", country="CR", time_zone="America/Costa_Rica", phone="2555-0100", kind="Municipalidad"
    )
    start_roles()
    lighting = Department.objects.create(key="alumbrado", name="Alumbrado público")
    crew = Team.objects.create(key="cuadrilla-1", name="Cuadrilla 1", department=lighting)
    users = {name: person(name) for name in (*ROLES, "nadia", "zoe")}
    for name, key in ROLES.items():
        role = Role.objects.get(key=key)
        where = {} if role.reach == "everywhere" else {"department": lighting, "team": crew}
        Membership.objects.create(user=users[name], role=role, **where)
    users["zoe"].is_active = False
    users["zoe"].save()
    return Cast(users, lighting, crew)


def person(name: str, **fields: object) -> User:
    known = {"name": f"{name.title()} Quesada", "email": f"{name}@ejemplo.cr", "needs_second_factor": False}
    return User.objects.create_user(name, PASSWORD, **{**known, **fields})


def with_app(user: User) -> User:
    """Give the user an app whose secret we know, and printed codes."""
    user.needs_second_factor = True
    user.save()
    totp.TOTP.activate(user, SECRET)
    RecoveryCodes.activate(user)
    return user


def code_now(offset: int = 0) -> str:
    """What the app shows now; `offset` counts half minutes."""
    now = list(totp.yield_hotp_counters_from_time())[1]
    return totp.format_hotp_value(totp.hotp_value(SECRET, now + offset))


def printed_codes(user: User) -> list[str]:
    codes: list[str] = Authenticator.objects.get(user=user, type="recovery_codes").wrap().get_unused_codes()
    return codes


def sign_in(client: Client, name: str, password: str = PASSWORD, **more: str) -> object:
    return client.post("/mesa/entrar/", {"login": name, "password": password, **more})


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session
