"""How the inbox is ordered, at the desk: who sets the weights, what is refused, and the open cases ordered anew."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client

from tests.accounts.work import do_jobs
from tests.cast import MEMBERS, Cast, actor
from tests.desk.settings_pages import AJUSTES, errors_of, refuses, signed_in, text_of
from ventanilla.audit.models import TrailEntry
from ventanilla.cases import actions, rules
from ventanilla.cases.actions import clocks
from ventanilla.cases.models import Case, UrgencyWeights

PATH = f"{AJUSTES}urgencia/"
FIELDS = [field.name for field in UrgencyWeights._meta.fields if field.name != "id"]
TYPED = {name: str(getattr(UrgencyWeights(), name)) for name in FIELDS}


@pytest.fixture
def coro(cast: Cast) -> Client:
    """Signed in as the coordinator."""
    clocks.weights_in_force.forget()
    return signed_in(cast, "coro")


def test_the_coordinator_sets_them_and_everybody_else_reads_them(cast: Cast) -> None:
    for name in MEMBERS:
        page = signed_in(cast, name).get(PATH)
        assert page.status_code == 200, name
        assert ('name="urgent"' in page.content.decode()) == (name == "coro"), name
    refuses(cast, ["urgencia/"], {"coro"})
    assert not UrgencyWeights.objects.exists()
    assert Client().post(PATH, TYPED).status_code == 302


@pytest.mark.parametrize("typed", ["1001", "2000000000", "-1", "muchas", ""])
def test_what_does_not_fit_is_refused_and_what_was_typed_stays(coro: Client, typed: str) -> None:
    for name in FIELDS:
        answer = coro.post(PATH, {**dict.fromkeys(FIELDS, "77"), name: typed})
        assert answer.status_code == 422, name
        assert "Escriba un número entero, de 0 a 1000." in errors_of(answer), name
        kept = dict(re.findall(r'<input[^>]*? name="(\w+)"[^>]*? value="([^"]*)"', answer.content.decode()))
        assert kept.get(name, "") == typed
        assert {kept[other] for other in FIELDS if other != name} == {"77"}
    assert not UrgencyWeights.objects.exists()


def test_with_the_heaviest_weights_a_case_is_filed_and_marked(cast: Cast, coro: Client) -> None:
    assert coro.post(PATH, dict.fromkeys(FIELDS, str(rules.MOST_HOURS))).status_code == 302
    case = actions.mark_urgent(cast.file(), urgent=True, by=actor(cast.olga))
    assert case.urgency == [["weight", 1000], ["urgent", 1000]]


def test_saving_orders_the_open_cases_anew_and_the_trail_says_who(
    cast: Cast, coro: Client, django_capture_on_commit_callbacks
) -> None:
    case, closed = cast.file(), actions.resolve_case(cast.file(), text="Listo.", by=actor(cast.olga))
    with django_capture_on_commit_callbacks(execute=True):
        page = coro.post(PATH, {**TYPED, "per_weight": "40"}, follow=True)
    assert "Guardado. La bandeja se ordena de nuevo en unos minutos." in text_of(page)
    entry = TrailEntry.objects.get(verb="weights.set")
    assert (entry.by, entry.data["per_weight"]) == (f"user:{cast.coro.uuid}", 40)
    assert "order_the_inbox" in do_jobs()
    assert case.order_at - Case.objects.get(pk=case.pk).order_at == timedelta(hours=32)
    assert Case.objects.get(pk=closed.pk).order_at == closed.order_at
    clocks.weights_in_force.forget()
