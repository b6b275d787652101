"""Search over everything one may see.

What was typed goes by POST and is kept in the session: no address ever holds a telephone or a name. The address of the
results only says which search of the session it was, so that one can come back to it. Words in the address are
searched too: a link to them may be kept or sent.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_safe

from ventanilla.accounts.enums import Permission
from ventanilla.cases import finding
from ventanilla.cases.models import Case
from ventanilla.desk import rows
from ventanilla.lib import ids, references
from ventanilla.lib.text import printable
from ventanilla.organization.guards import needs
from ventanilla.organization.permissions import access_of
from ventanilla.people import finding as people
from ventanilla.people.rules import masked

LONGEST = 200
KEPT = 20
"""So many searches of a session can be come back to."""
_KEY, _LEAST_FOR_PEOPLE = "searches", 3


@dataclass(frozen=True)
class _Search:
    """What was typed, and what was searched instead if others words were meant; `name` within the session, if kept."""

    typed: str
    corrected: str = ""
    name: str = ""


@needs(Permission.CASE_VIEW)
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest) -> HttpResponse:
    """What was found, the best first where it is little and else the newest; a whole reference opens its case."""
    if request.method == "POST":
        name = _keep(request, ids.code(6), printable(request.POST.get("q", "")).strip()[:LONGEST])
        return redirect(f"{reverse('desk:search')}?{urlencode({'b': name})}")
    asked, before = _asked(request), request.GET.get("antes")
    case = _named(request, asked.typed)
    if case:
        return redirect("desk:case", uuid=case.uuid)
    words = asked.corrected if before and asked.corrected else asked.typed
    found = finding.find(request.user, words, before=before) if words else None
    context = {
        "search_words": asked.typed,
        "rows": rows.of_cases(found.cases) if found else [],
        "corrected": found.corrected if found else None,
        "next_path": _next(request, asked, found) if found and found.next_cursor else "",
        "may_see_people": access_of(request.user).may_somewhere(Permission.PERSON_VIEW) and not before,
        "own_query": request.GET.urlencode(),
    }
    return render(request, "desk/search.html", context)


def _keep(request: HttpRequest, name: str, typed: str, corrected: str = "") -> str:
    """Keep a search with the session, by its name."""
    others = {key: kept for key, kept in request.session.get(_KEY, {}).items() if key != name}
    request.session[_KEY] = {**dict(list(others.items())[1 - KEPT :]), name: [typed, corrected]}
    return name


def _asked(request: HttpRequest) -> _Search:
    name = request.GET.get("b", "")
    kept: list[str] | None = request.session.get(_KEY, {}).get(name)
    if kept is None:
        return _Search(printable(request.GET.get("q", "")).strip()[:LONGEST])
    typed, corrected = kept
    return _Search(typed, corrected, name)


def _next(request: HttpRequest, asked: _Search, found: finding.FoundCases) -> str:
    """The next page, which goes on with the words that were found."""
    query = {"antes": found.next_cursor or ""}
    if not asked.name:
        return f"?{urlencode({'q': found.corrected or asked.typed, **query})}"
    if found.corrected:
        _keep(request, asked.name, asked.typed, found.corrected)
    return f"?{urlencode({'b': asked.name, **query})}"


def _named(request: HttpRequest, words: str) -> Case | None:
    """The case whose whole reference was typed."""
    reference = references.parse(words)
    return Case.objects.visible_to(request.user).filter(reference=reference).first() if reference else None


@needs(Permission.PERSON_VIEW)
@require_safe
def persons(request: HttpRequest) -> HttpResponse:
    """The people that may be meant, for the top of the results."""
    words = _asked(request).typed
    found = people.find_with_contacts(words) if len(words) >= _LEAST_FOR_PEOPLE else []
    told = [(person, ", ".join(masked(kind, value) for kind, value in contacts)) for person, contacts in found]
    return render(request, "desk/_search_people.html", {"people": told})
