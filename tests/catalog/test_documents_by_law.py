"""An identity document is asked for only where the law needs to know who files."""

from collections.abc import Callable
from importlib import import_module

import pytest
from django.apps import apps

from ventanilla.audit.models import TrailEntry
from ventanilla.calendars import clocks, presets
from ventanilla.calendars.enums import LegalNature
from ventanilla.catalog import actions
from ventanilla.catalog.models import Procedure
from ventanilla.organization.models import Municipality

NEVER = {LegalNature.SERVICE_NOTICE, LegalNature.COMPLAINT, LegalNature.REPORT_OF_BREACH}


@pytest.mark.parametrize("country", presets.COUNTRIES)
def test_no_country_needs_to_know_who_reports_complains_or_denounces(country: str) -> None:
    known = presets.identifying(country)
    assert LegalNature.APPLICATION in known
    assert not NEVER & set(known)


def test_each_is_known_with_the_norm_that_takes_it_for_granted(founded: Callable[[str], Municipality]) -> None:
    founded("ES")
    assert clocks.identifying() == {LegalNature.APPLICATION: "", LegalNature.PETITION: "LO 4/2001"}


def test_no_starting_type_asks_for_one(costa_rica: Municipality) -> None:
    assert not Procedure.objects.filter(needs_document=True).exists()


@pytest.mark.parametrize("nature", LegalNature)
def test_a_type_that_asks_for_one_without_need_is_refused_whole(costa_rica: Municipality, nature: LegalNature) -> None:
    before = TrailEntry.objects.count()
    if nature not in NEVER:
        actions.define_procedure(key="pothole", by="user:ana", nature=nature, needs_document=True)
        return
    with pytest.raises(actions.DocumentNotNeeded, match=str(nature.label)):
        actions.define_procedure(key="pothole", by="user:ana", nature=nature, needs_document=True)
    assert not Procedure.objects.get(key="pothole").needs_document
    assert TrailEntry.objects.count() == before


def test_one_that_asks_for_one_may_not_become_what_needs_none(costa_rica: Municipality) -> None:
    made = actions.define_procedure(key="pothole", by="user:ana", nature="application", needs_document=True)
    with pytest.raises(actions.DocumentNotNeeded):
        actions.change_procedure(made, by="user:ana", nature="service_notice")
    assert Procedure.objects.get(key="pothole").nature == "application"
    actions.change_procedure(made, by="user:ana", nature="service_notice", needs_document=False)


@pytest.mark.parametrize(("country", "still_ask"), [("CR", {"a", "p"}), ("UY", {"a"})])
def test_types_that_stood_otherwise_stop_asking(
    founded: Callable[[str], Municipality], country: str, still_ask: set[str]
) -> None:
    founded(country)
    model, natures = Procedure.objects.first(), {"a": "application", "p": "petition", "s": "service_notice"}
    assert model is not None
    for key, nature in natures.items():
        model.pk, model.uuid, model.key, model.nature, model.needs_document = None, None, key, nature, True
        model.uuid = Procedure().uuid
        model.save(force_insert=True)
    import_module("ventanilla.catalog.migrations.0002_documents_by_law").ask_where_the_law_does(apps, None)
    assert set(Procedure.objects.filter(needs_document=True).values_list("key", flat=True)) == still_ask
