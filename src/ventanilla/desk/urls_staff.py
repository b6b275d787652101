"""Addresses of signing in, of one's own account and of the staff; included at the root under `mesa/`.

    path("mesa/", include("ventanilla.desk.urls_staff"))

The names without a namespace are those that the sign-in library asks for.
"""

from django.urls import include, path, reverse

from ventanilla.accounts.views import door, factors, own
from ventanilla.desk.views import keys, staff
from ventanilla.lib import links
from ventanilla.organization.guards import needs, public

_door = [
    path("entrar/", public(door.sign_in), name="account_login"),
    path("entrar/segundo-paso/", public(door.second_step), name="mfa_authenticate"),
    path("entrar/segundo-factor/", needs()(factors.set_up), name="account_set_up"),
    path("entrar/clave-olvidada/", public(door.forgotten), name="account_forgotten"),
    path("entrar/clave-olvidada/enviada/", public(door.forgotten_sent), name="account_forgotten_sent"),
    path("entrar/clave-nueva/<slug:uidb64>/<slug:token>/", public(door.new_password), name="account_new_password"),
    path("salir/", public(door.sign_out), name="account_sign_out"),
]
_own = [
    path("", needs()(own.own), name="account_own"),
    path("correo/", needs()(own.email), name="account_email"),
    path("clave/", needs()(own.password), name="account_change_password"),
    path("sesiones/", needs()(own.end_others), name="account_end_sessions"),
    path("confirmar/", needs()(own.confirm), name="account_reauthenticate"),
    path("confirmar/codigo/", needs()(factors.confirm_code), name="mfa_reauthenticate"),
    path("confirmar/llave/", needs()(factors.confirm_key), name="mfa_reauthenticate_webauthn"),
    path("segundo-factor/app/", needs()(factors.add_app), name="mfa_activate_totp"),
    path("segundo-factor/app/quitar/", needs()(factors.remove), name="mfa_deactivate_totp"),
    path("segundo-factor/llave/", needs()(factors.add_key), name="mfa_add_webauthn"),
    path("segundo-factor/llave/<slug:mark>/quitar/", needs()(factors.remove), name="account_remove_key"),
    path("segundo-factor/codigos/", needs()(factors.printed_codes), name="mfa_view_recovery_codes"),
    path("segundo-factor/codigos/nuevos/", needs()(factors.new_codes), name="mfa_generate_recovery_codes"),
]
_staff = [
    path("", staff.people, name="list"),
    path("nueva/", staff.add, name="add"),
    path("<uuid:uuid>/", staff.person, name="person"),
    path("<uuid:uuid>/puesto/", staff.give, name="give"),
    path("<uuid:uuid>/puesto/quitar/", staff.take, name="take"),
    path("<uuid:uuid>/enlace/", staff.password_link, name="link"),
    path("<uuid:uuid>/segundo-factor/", staff.reset_factor, name="reset"),
    path("<uuid:uuid>/cerrar/", staff.close, name="close"),
    path("<uuid:uuid>/abrir/", staff.reopen, name="reopen"),
]
_keys = [
    path("", keys.keys, name="list"),
    path("<uuid:uuid>/anular/", keys.revoke, name="revoke"),
]

urlpatterns = [
    *_door,
    path("cuenta/", include(_own)),
    path("ajustes/personal/", include((_staff, "staff"))),
    path("ajustes/claves/", include((_keys, "keys"))),
    path("ajustes/plantillas/", include("ventanilla.desk.replies.urls")),
]


def register_links() -> None:
    """Tell the lower rooms where the staff's pages are. Called by the desk when it is ready."""
    links.register("desk.staff", lambda: reverse("staff:list"))
    links.register("desk.keys", lambda: reverse("keys:list"))
