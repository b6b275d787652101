"""A report half done: its type, its draft, and which steps it has."""

from __future__ import annotations

from datetime import timedelta
from functools import cached_property
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from ventanilla.cases.actions import drafts
from ventanilla.cases.enums import Identity
from ventanilla.cases.models import Draft
from ventanilla.catalog.enums import PlaceNeed
from ventanilla.catalog.models import Procedure
from ventanilla.files.models import StoredFile
from ventanilla.lib import clock
from ventanilla.places.rules import Place
from ventanilla.portal import visitor
from ventanilla.portal.report import held

STEPS = ("donde", "parecidos", "detalles", "fotos", "quien", "codigo", "revise")
ASIDES = frozenset({"parecidos", "codigo"})
"""Near-by reports and the code are asked on the way, they are no steps to be counted."""

AGAIN = timedelta(hours=1)
"""For how long sending a report again leads to the receipt of the first time."""


class Flow:
    """One browser's report of one type. Reading it writes nothing; the draft is made at the first answer."""

    def __init__(self, request: HttpRequest, procedure: Procedure) -> None:
        self.request = request
        self.procedure = procedure
        self._new_secret: str | None = None
        self.draft = next((each for each in held.half_done(request) if _is_of(each, procedure)), None)

    @property
    def data(self) -> dict[str, Any]:
        """What was answered so far."""
        return self.draft.data if self.draft else {}

    def save(self, **changes: Any) -> Draft:
        """Keep the answers of a step."""
        if self.draft is None:
            self.draft, self._new_secret = drafts.start_draft({"type": self.procedure.key})
        return drafts.save_draft(self.draft, **changes)

    def remember(self, response: HttpResponse) -> HttpResponse:
        """Give the browser the draft's secret, if it has just been made."""
        if self.draft and self._new_secret:
            held.hold(response, self.request, self.draft, self._new_secret)
        return response

    @cached_property
    def place(self) -> Place | None:
        """Where, as answered."""
        found = self.data.get("place")
        return Place.from_json(found) if found else None

    @cached_property
    def photos(self) -> list[StoredFile]:
        """The photos held so far, and the documents where they are taken."""
        return [each.file for each in self.draft.files.select_related("file").order_by("pk")] if self.draft else []

    @property
    def takes_papers(self) -> bool:
        """Documents may come along where nothing of the case is ever shown to everybody."""
        return not self.procedure.may_be_public

    @property
    def steps(self) -> list[str]:
        """The steps this report has, in order."""
        return [name for name in STEPS if self._has(name)]

    def _has(self, name: str) -> bool:
        if name == "donde":
            return self.procedure.place_need != PlaceNeed.NONE
        if name == "parecidos":
            return self.procedure.may_be_public and bool(self.data.get("has_near"))
        if name == "codigo":
            return self.awaits_code
        return True

    @property
    def needs_place(self) -> bool:
        return bool(self.procedure.place_need == PlaceNeed.REQUIRED)

    @property
    def awaits_code(self) -> bool:
        """A contact was given that could be proven and wasn't yet in this browser."""
        if not self.data.get("contact") or self.data.get("unreachable") or self.is_proven:
            return False
        return visitor.person_of(self.request) is None

    @property
    def is_proven(self) -> bool:
        """The contact given was proven in this browser."""
        found = visitor.proven(self.request)
        return found is not None and [str(found[0]), found[1]] == self.data.get("contact")

    def position(self, name: str) -> tuple[int, int]:
        """«Paso 2 de 5»."""
        counted = [step for step in self.steps if step not in ASIDES]
        before = [step for step in counted if STEPS.index(step) <= STEPS.index(name)]
        return max(1, len(before)), len(counted)

    def path(self, name: str) -> str:
        return reverse("portal:report-step", args=[self.procedure.key, name])

    def path_after(self, name: str) -> str:
        """The step that follows, once this one is answered."""
        return self.path(next(step for step in self.steps if STEPS.index(step) > STEPS.index(name)))

    def steps_behind(self, name: str) -> list[str]:
        """The steps before one. What was typed in them is ours by now: the browser needn't keep it too."""
        return [step for step in self.steps if STEPS.index(step) < STEPS.index(name)]

    def path_before(self, name: str) -> str:
        """The step before, or the list of types."""
        before = self.steps_behind(name)
        return self.path(before[-1]) if before else reverse("portal:report")

    def first_unanswered(self) -> str | None:
        """The first step that must be answered and isn't; None when the report can be filed."""
        if self.needs_place and not self.place:
            return "donde"
        if "details" not in self.data:
            return "detalles"
        if "identity" not in self.data or self._is_nobody:
            return "quien"
        return "codigo" if self.awaits_code else None

    @property
    def _is_nobody(self) -> bool:
        """It was to be filed under a name, and who had signed in with it is gone."""
        named = self.data["identity"] != Identity.ANONYMOUS
        return named and not self.data.get("contact") and visitor.person_of(self.request) is None

    def path_to_go_on(self) -> str:
        """Where somebody who comes back finds their report."""
        return self.path(self.first_unanswered() or "revise") if self.data else self.path(self.steps[0])


def _is_of(draft: Draft, procedure: Procedure) -> bool:
    return bool(draft.data.get("type") == procedure.key)


def filed_case(request: HttpRequest, procedure: Procedure) -> str | None:
    """The uuid of the case that this browser's report of the type has just become: for who sends it a second time."""
    just_now = clock.now() - AGAIN
    sent = (each for each in held.all_drafts(request) if _is_of(each, procedure) and each.updated_at > just_now)
    return next((str(each.data["filed"]) for each in sent if "filed" in each.data), None)
