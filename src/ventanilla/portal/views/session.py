"""Signing in with a code sent to a telephone or an e-mail: no password, no account to make."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from ventanilla.accounts import limits
from ventanilla.cases.actions import unfollow
from ventanilla.cases.models import Case
from ventanilla.organization.guards import public
from ventanilla.people import actions as people
from ventanilla.people.enums import CodePurpose, ContactKind
from ventanilla.people.rules import masked
from ventanilla.portal import codes, joining, visitor
from ventanilla.portal.forms import ContactForm
from ventanilla.portal.report import held
from ventanilla.portal.report.forms import CodeForm
from ventanilla.portal.report.who import CODES_AN_HOUR

_PENDING = "signing_in"
FOLLOWS_UNPROVEN = 5
"""Reports that one address may join in an hour with contacts that nothing can prove."""


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest, follow_uuid: Any = None) -> HttpResponse:
    """Ask for a contact and send it a code; to sign in, or to join somebody else's report."""
    joined = _public_case(follow_uuid) if follow_uuid else None
    form = ContactForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        answered = _send(request, form, joined)
        if answered:
            return answered
    context = {"form": form, "following": joined}
    return render(request, "portal/sign_in.html", context, status=422 if form.errors else 200)


def _public_case(uuid: Any) -> Case:
    return get_object_or_404(Case.objects.public().open(), uuid=uuid)


def _send(request: HttpRequest, form: ContactForm, joined: Case | None) -> HttpResponse | None:
    kind, value = form.cleaned_data["contact"]
    try:
        limits.demand("code", limits.origin(request), limit=CODES_AN_HOUR, seconds=3600)
        sent = codes.send(CodePurpose.SIGN_IN, kind, value)
    except (people.TooManyCodes, limits.TooMany):
        form.add_error(None, _("Ya enviamos varios códigos. Espere un rato y pruebe de nuevo."))
        return None
    except codes.Unreachable:
        return _unreachable(request, form, joined)
    follow = str(joined.uuid) if joined else ""
    request.session[_PENDING] = {"code": sent, "kind": kind, "value": value, "follow": follow}
    return redirect("portal:sign-in-code")


def _unreachable(request: HttpRequest, form: ContactForm, joined: Case | None) -> HttpResponse | None:
    """No code can be sent there: nobody can sign in with it, but who has the same trouble is counted all the same."""
    if joined is None:
        form.add_error(
            "contact", _("A ese contacto no podemos enviarle un código. Use el número y el código de su constancia.")
        )
        return None
    limits.demand("follow-unproven", limits.origin(request), limit=FOLLOWS_UNPROVEN, seconds=3600)
    person = people.claimed_person(name="", contacts=[form.cleaned_data["contact"]], by="portal")
    return joining.join(request, joined, person)


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in_code(request: HttpRequest) -> HttpResponse:
    """Take the code and begin the session."""
    pending = request.session.get(_PENDING)
    if not pending:
        return redirect("portal:sign-in")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            proven = people.use_code(uuid=pending["code"], code=form.cleaned_data["code"])
        except people.WrongCode:
            form.add_error("code", _("Ese código no es, o ya venció. Revíselo o pida otro."))
        else:
            return _begin(request, proven.kind, proven.value, pending["follow"])
    context = {
        "form": form,
        "sent_to": masked(pending["kind"], pending["value"]),
        "follow": pending["follow"],
        "demo_folder": codes.demo_folder(),
    }
    return render(request, "portal/sign_in_code.html", context, status=422 if form.errors else 200)


def _begin(request: HttpRequest, kind: str, value: str, follow_uuid: str) -> HttpResponse:
    person = people.person_of_proven_contact(kind=ContactKind(kind), value=value, by="portal")
    request.session.pop(_PENDING, None)
    visitor.sign_in(request, person)
    visitor.remember_proven(request, kind, value)
    return joining.join(request, _public_case(follow_uuid), person) if follow_uuid else redirect("portal:mine")


@public
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session: the next person at this phone finds nothing."""
    visitor.sign_out(request)
    response = redirect("portal:home")
    held.let_go_of_filed(response, request)
    return response


@public
@require_POST
def stop_following(request: HttpRequest, uuid: Any) -> HttpResponse:
    """No more notices of somebody else's report."""
    person = visitor.person_of(request)
    case = get_object_or_404(Case.objects.public(), uuid=uuid)
    if person:
        unfollow(case, person=person, by=visitor.actor_of(person))
    return redirect("portal:public-case", uuid=uuid)
