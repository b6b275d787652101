"""What is wrong, said over what was typed. Unlike the house's summary it never takes the focus: somebody is typing."""

from __future__ import annotations

from collections.abc import Iterable

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ventanilla.design.forms import Problem, problems


def of(forms: Iterable[BaseForm | None]) -> list[Problem]:
    """The errors of one or several forms, each with the field it leads to."""
    return [problem for form in forms if form is not None for problem in problems(form)]


def fragment(request: HttpRequest, found: list[Problem]) -> HttpResponse:
    """The errors alone, for htmx to put in their place whatever it asked for."""
    response = render(request, "desk/_attend_problems.html", {"problems": found}, status=422)
    response["HX-Retarget"], response["HX-Reswap"] = "#problemas", "innerHTML"
    return response
