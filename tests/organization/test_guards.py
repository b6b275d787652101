"""Every view says who may come in."""

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django_htmx.middleware import HtmxDetails

from ventanilla.accounts.enums import Permission
from ventanilla.accounts.models import User
from ventanilla.organization.guards import guard_of, needs, public
from ventanilla.organization.models import Department, Membership, Role

TAKE, ROUTE = Permission.CASE_TAKE, Permission.CASE_ROUTE


def page(request: HttpRequest, number: int = 0) -> HttpResponse:
    return HttpResponse(f"seen {number}")


def ask(user: Any, path: str = "/mesa/?vista=mia", **headers: str) -> HttpRequest:
    request = RequestFactory().get(path, headers=headers)
    request.user = user
    request.htmx = HtmxDetails(request)  # type: ignore[attr-defined]
    return request


@pytest.fixture
def marta(db: None) -> User:
    """May take cases in one department, and nothing else."""
    user = User.objects.create_user("marta", name="Marta Quesada")
    role = Role.objects.create(key="crew", name="Cuadrilla", permissions=[TAKE])
    Membership.objects.create(user=user, role=role, department=Department.objects.create(key="works", name="Obras"))
    return user


def test_a_public_page_is_open_to_strangers() -> None:
    view = public(page)
    assert view(ask(AnonymousUser()), 3).content == b"seen 3"
    assert guard_of(view) == "public"


def test_who_holds_the_permission_comes_in(marta: User) -> None:
    view = needs(TAKE)(page)
    assert view(ask(marta), number=5).content == b"seen 5"
    assert guard_of(view) == frozenset({TAKE})


def test_who_lacks_one_of_the_permissions_does_not(marta: User) -> None:
    with pytest.raises(PermissionDenied):
        needs(TAKE, ROUTE)(page)(ask(marta))


def test_a_page_for_any_member_of_staff(marta: User) -> None:
    assert needs()(page)(ask(marta)).status_code == 200


def test_a_closed_account_holds_nothing(marta: User) -> None:
    marta.is_active = False
    with pytest.raises(PermissionDenied):
        needs(TAKE)(page)(ask(marta))


def test_a_closed_account_is_no_member_of_staff(marta: User) -> None:
    marta.is_active = False
    with pytest.raises(PermissionDenied):
        needs()(page)(ask(marta))


@pytest.mark.parametrize("guard", [needs(TAKE), needs()])
def test_a_stranger_is_sent_to_sign_in_and_comes_back(guard: Any, settings: Any) -> None:
    settings.LOGIN_URL = "/entrar/"
    answer = guard(page)(ask(AnonymousUser()))
    assert (answer.status_code, answer["Location"]) == (302, "/entrar/?next=/mesa/%3Fvista%3Dmia")


def test_a_fragment_sends_the_whole_page_to_sign_in(settings: Any) -> None:
    settings.LOGIN_URL = "/entrar/"
    headers = {"HX-Request": "true", "HX-Current-URL": "http://testserver/mesa/?vista=todas"}
    answer = needs(TAKE)(page)(ask(AnonymousUser(), "/mesa/lista/", **headers))
    assert (answer.status_code, answer["HX-Redirect"]) == (200, "/entrar/?next=/mesa/%3Fvista%3Dtodas")


def test_a_view_that_says_nothing_is_seen_to_say_nothing() -> None:
    assert guard_of(page) is None


def test_two_guards_on_one_view_are_a_mistake() -> None:
    with pytest.raises(TypeError, match="two guards"):
        public(needs(TAKE)(page))
