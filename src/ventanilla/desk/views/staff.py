"""Ajustes, personal: who has an account, what each may do and where."""

from __future__ import annotations

from typing import cast
from urllib.parse import urlencode
from uuid import UUID

import segno
from django.contrib import messages
from django.db.models import Prefetch, QuerySet
from django.forms import Form, ModelForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ventanilla.accounts import actions as accounts
from ventanilla.accounts.enums import ClosingReason, Permission, ResetReason
from ventanilla.accounts.models import User
from ventanilla.desk.forms_staff import CloseForm, NewStaffForm, ResetForm, SeatForm, StaffForm
from ventanilla.lib.text import printable
from ventanilla.organization import actions as organization
from ventanilla.organization.guards import needs
from ventanilla.organization.models import Membership

_PAGE = 50


def _by(request: HttpRequest) -> str:
    return accounts.ref(cast(User, request.user))


def _base(request: HttpRequest) -> str:
    return request.build_absolute_uri("/").rstrip("/")


def _staff() -> QuerySet[User]:
    seats = Membership.objects.select_related("role", "department", "team").order_by("role__name", "pk")
    return User.objects.with_factors().prefetch_related(Prefetch("memberships", seats))


@needs(Permission.STAFF_MANAGE)
@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """Accounts by username. `q` looks in names, `cerradas` shows closed ones too, `desde` goes on after that one."""
    words, closed = printable(request.GET.get("q", "")).strip()[:100], bool(request.GET.get("cerradas"))
    rows = _staff().order_by("username")
    rows = rows if closed else rows.filter(is_active=True)
    rows = rows.named_like(words) if words else rows  # type: ignore[attr-defined]
    after = _account(request.GET.get("desde", ""))
    rows = rows.filter(username__gt=after.username) if after else rows
    found = list(rows[: _PAGE + 1])
    kept = urlencode({name: value for name, value in (("q", words), ("cerradas", "1" if closed else "")) if value})
    shown = {"people": found[:_PAGE], "words": words, "closed": closed, "is_later": bool(after), "first": f"?{kept}"}
    if len(found) > _PAGE:
        shown["next"] = f"?{kept}&desde={found[_PAGE - 1].uuid}"
    return render(request, "desk/staff/people.html", shown)


def _account(said: str) -> User | None:
    try:
        return User.objects.filter(uuid=UUID(said)).first()
    except ValueError:
        return None


@needs(Permission.STAFF_MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Open an account. The invitation goes by e-mail; without one, the account's page prints it."""
    form = NewStaffForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            user = accounts.open_account(**form.cleaned_data, by=_by(request))
        except accounts.UsernameTaken:
            form.add_error("username", _("Ese usuario ya existe. Elija otro."))
        else:
            if user.email:
                accounts.invite(user, base=_base(request), by=_by(request))
            messages.success(request, _("Abrimos la cuenta. Déle ahora un papel."))
            return redirect("staff:person", user.uuid)
    return render(request, "desk/staff/add.html", {"form": form})


@needs(Permission.STAFF_MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def person(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One account: who, which roles, how they sign in."""
    user = _found(uuid)
    form = StaffForm(request.POST or None, instance=User.objects.get(pk=user.pk))
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data.pop("email")
        accounts.update_profile(user, by=_by(request), **form.cleaned_data)
        accounts.change_email(user, email, by=_by(request))
        messages.success(request, _("Guardamos los cambios."))
        return redirect("staff:person", uuid)
    return _page(request, user, form=form)


def _found(uuid: UUID) -> User:
    return get_object_or_404(_staff(), uuid=uuid)


def _page(request: HttpRequest, user: User, **forms: Form | ModelForm[User]) -> HttpResponse:
    drawn = {
        "form": StaffForm(instance=user),
        "seat_form": SeatForm(prefix="puesto"),
        "close_form": CloseForm(prefix="cerrar"),
        "reset_form": ResetForm(prefix="segundo"),
        **forms,
    }
    shown = {"person": user, "is_self": user == request.user, "all_forms": list(drawn.values()), **drawn}
    return render(request, "desk/staff/person.html", shown)


@needs(Permission.STAFF_MANAGE)
@require_POST
def give(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Give a role, in a department and a team where it needs them."""
    user, form = _found(uuid), SeatForm(request.POST, prefix="puesto")
    if form.is_valid():
        try:
            organization.give_role(user, **form.cleaned_data, by=_by(request))
        except organization.SeatRefused as refused:
            form.refuse(refused.problem)
        else:
            messages.success(request, _("Ya tiene ese papel."))
            return redirect("staff:person", uuid)
    return _page(request, user, seat_form=form)


@needs(Permission.STAFF_MANAGE)
@require_POST
def take(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Take a role back."""
    held = _found(uuid).memberships.select_related("role", "department", "team", "user")
    try:
        for seat in held.filter(**_named(request)):
            organization.take_role(seat, by=_by(request))
            messages.success(request, _("Ya no tiene ese papel."))
    except organization.LastAdministrator:
        messages.error(request, _("Nadie más podría administrar el personal. Dé antes ese papel a otra cuenta."))
    return redirect("staff:person", uuid)


def _named(request: HttpRequest) -> dict[str, str | None]:
    """A membership by its keys: ids of the database stay inside."""
    keys = {name: printable(request.POST.get(name, "")) or None for name in ("role", "department", "team")}
    return {f"{name}__key": key for name, key in keys.items()}


@never_cache
@needs(Permission.STAFF_MANAGE)
@require_POST
def password_link(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """A link to set the password: by e-mail, or shown this once to be printed."""
    user = _found(uuid)
    if not user.is_active:
        return redirect("staff:person", uuid)
    if "correo" in request.POST and user.email:
        accounts.invite(user, base=_base(request), by=_by(request))
        messages.success(request, _("Le escribimos. La página del correo sirve una vez, durante tres días."))
        return redirect("staff:person", uuid)
    link = _base(request) + accounts.print_password_link(user, by=_by(request))
    drawing = segno.make(link, error="m").svg_inline(omitsize=True, border=2, light="#fff")
    return render(request, "desk/staff/link.html", {"person": user, "link": link, "qr": drawing})


@needs(Permission.STAFF_MANAGE)
@require_POST
def reset_factor(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Take the second factor away, with a reason: the owner sets up another when signing in."""
    user, form = _found(uuid), ResetForm(request.POST, prefix="segundo")
    if not form.is_valid():
        return _page(request, user, reset_form=form)
    accounts.reset_second_factor(user, reason=ResetReason(form.cleaned_data["reason"]), by=_by(request))
    messages.success(request, _("Quitamos sus segundos factores y cerramos sus sesiones."))
    return redirect("staff:person", uuid)


@needs(Permission.STAFF_MANAGE)
@require_POST
def close(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Close the account: never deleted, since what was done stays under its name."""
    user, form = _found(uuid), CloseForm(request.POST, prefix="cerrar")
    if not form.is_valid():
        return _page(request, user, close_form=form)
    if user == request.user:
        messages.error(request, _("No puede cerrar su propia cuenta: pídaselo a otra persona de Sistemas."))
        return redirect("staff:person", uuid)
    try:
        reason = ClosingReason(form.cleaned_data["reason"])
        organization.close_staff_account(user, reason=reason, by=_by(request))
        messages.success(request, _("Cerramos la cuenta. Lo que hizo sigue a su nombre."))
    except organization.LastAdministrator:
        messages.error(request, _("Nadie más podría administrar el personal. Dé antes ese papel a otra cuenta."))
    return redirect("staff:person", uuid)


@needs(Permission.STAFF_MANAGE)
@require_POST
def reopen(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Open a closed account again."""
    accounts.reopen_account(_found(uuid), by=_by(request))
    messages.success(request, _("La cuenta está abierta otra vez."))
    return redirect("staff:person", uuid)
