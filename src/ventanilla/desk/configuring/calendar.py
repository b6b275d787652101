"""The official calendar: which days are not working, when the offices are open, and what a change does to terms."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from ventanilla.accounts.enums import Permission
from ventanilla.accounts.models import User
from ventanilla.calendars import actions, official
from ventanilla.calendars.clocks import working_calendar
from ventanilla.calendars.enums import DayKind
from ventanilla.calendars.models import NonWorkingDay
from ventanilla.cases.models import Deadline
from ventanilla.desk.configuring.access import sets
from ventanilla.lib import clock

_SEE = "ver"
_STRETCH = re.compile(r"(\d{1,2})(?::(\d{2}))?\s*(?:-|–|a)\s*(\d{1,2})(?::(\d{2}))?")
YEARS_BACK, YEARS_AHEAD = 5, 3
MANY = 1_000
"""Where counting the terms that run stops."""


def _by(request: HttpRequest) -> User:
    return cast(User, request.user)


class DayForm(forms.Form):
    """A day that is not as the calendar says."""

    day = forms.DateField(
        label=_("Día"),
        widget=forms.DateInput(attrs={"type": "date", "class": "v-width-10"}, format="%Y-%m-%d"),
        error_messages={"required": _("Elija el día."), "invalid": _("Escriba un día que exista.")},
    )
    name = forms.CharField(
        label=_("Por qué"),
        max_length=120,
        help_text=_("Fiesta patronal, cierre por inventario, acuerdo del concejo…"),
        error_messages={"required": _("Diga por qué: se publica en el calendario.")},
    )
    kind = forms.ChoiceField(label=_("Qué es"), choices=DayKind.choices, initial=DayKind.LOCAL)
    is_working = forms.BooleanField(label=_("Ese día sí se trabaja, aunque el calendario diga que no"), required=False)

    def clean_day(self) -> date:
        """A day near enough to matter."""
        day: date = self.cleaned_data["day"]
        this_year = _today().year
        if not this_year - YEARS_BACK <= day.year <= this_year + YEARS_AHEAD:
            raise forms.ValidationError(gettext("Elija un día de estos años."))
        return day


class HoursForm(forms.Form):
    """When the offices are open, weekday by weekday: «8:00-12:00, 13:00-16:00»."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for weekday, name in WEEKDAYS.items():
            self.fields[f"day_{weekday}"] = forms.CharField(
                label=str(name).capitalize(),
                required=False,
                max_length=80,
                widget=forms.TextInput(attrs={"class": "v-width-20"}),
            )

    def clean(self) -> dict[str, Any]:
        """The stretches of each weekday."""
        cleaned = super().clean() or {}
        self.hours: dict[int, list[tuple[time, time]]] = {}
        for weekday in WEEKDAYS:
            try:
                self.hours[weekday] = _stretches(cleaned.get(f"day_{weekday}", ""))
            except ValueError:
                self.add_error(f"day_{weekday}", gettext("Escriba las horas así: 8:00-12:00, 13:00-16:00"))
        return cleaned


def _stretches(said: str) -> list[tuple[time, time]]:
    """Raises ValueError for what isn't hours."""
    parts = [part.strip() for part in re.split(r"[,;y]", said) if part.strip()]
    found = [_STRETCH.fullmatch(part) for part in parts]
    if not all(found):
        raise ValueError(said)
    numbers = [[int(each or 0) for each in stretch.groups()] for stretch in found if stretch]
    return [(time(opens, at), time(closes, until)) for opens, at, closes, until in numbers]


class RegionForm(forms.Form):
    """Whose holidays count beside the nation's."""

    region = forms.ChoiceField(label=_("Región"), required=False)

    def __init__(self, *args: Any, country: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [("", gettext("Solo los nacionales")), *official.regions(country).items()]
        self.fields["region"].choices = offered  # type: ignore[attr-defined]


@dataclass(frozen=True)
class Day:
    """A day of the year that differs, as the list shows it; `own` is what the municipality said of it."""

    day: date
    name: str
    kind: str
    is_working: bool
    own: NonWorkingDay | None


@sets(Permission.CATALOG_EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest) -> HttpResponse:
    """The days of a year (`?anio=2027`) that differ, and declaring one."""
    form, effect = DayForm(request.POST or None, prefix="dia"), ""
    if request.method == "POST" and form.is_valid():
        if request.POST.get("hacer") != _SEE:
            return _declare(request, form)
        effect = effect_on(form.cleaned_data["day"], is_working=form.cleaned_data["is_working"])
    return _page(request, form=form, effect=effect)


def _declare(request: HttpRequest, form: DayForm) -> HttpResponse:
    day, is_working = form.cleaned_data["day"], form.cleaned_data["is_working"]
    effect = effect_on(day, is_working=is_working)
    actions.declare_day(**{**form.cleaned_data, "kind": DayKind(form.cleaned_data["kind"])}, by=_by(request))
    messages.success(request, gettext("Guardado. %(effect)s") % {"effect": effect})
    return redirect(f"{reverse('desk:calendar')}?anio={day.year}")


def effect_on(day: date, *, is_working: bool) -> str:
    """What saying so of a day does to the terms that run."""
    calendar = working_calendar()
    if calendar.is_working(day) == is_working:
        return gettext("Los plazos no cambian: ese día ya se contaba así.")
    run = Deadline.objects.filter(met_at=None, starts_at__lt=calendar.end_of(day), due_at__gte=calendar.start_of(day))
    count = run.order_by()[:MANY].count()
    if not count:
        return gettext("Ningún plazo en curso pasa por ese día.")
    many = gettext("más de %(n)d") % {"n": MANY - 1} if count == MANY else str(count)
    return ngettext(
        "%(n)s plazo en curso pasa por ese día y se cuenta de nuevo en unos minutos; su expediente lo dirá.",
        "%(n)s plazos en curso pasan por ese día y se cuentan de nuevo en unos minutos; sus expedientes lo dirán.",
        count,
    ) % {"n": many}


def _page(request: HttpRequest, **drawn: Any) -> HttpResponse:
    year, held = _year(request), official.current()
    country = held.municipality.country
    shown: dict[str, Any] = {
        "year": year,
        "years": [year - 1, year + 1],
        "days": _days(year),
        "form": DayForm(prefix="dia"),
        "hours_form": HoursForm(prefix="horas", initial=_hours(held)),
        "region_form": RegionForm(country=country, initial={"region": held.region}),
        "has_regions": bool(official.regions(country)),
        **drawn,
    }
    forms_drawn = [shown["form"], shown["hours_form"], shown["region_form"]]
    wrong = any(form.errors for form in forms_drawn)
    return render(
        request, "desk/settings/calendar.html", {**shown, "all_forms": forms_drawn}, status=422 if wrong else 200
    )


def _year(request: HttpRequest) -> int:
    said, today = request.GET.get("anio", ""), _today().year
    year = int(said) if re.fullmatch(r"\d{4}", said) else today
    return min(max(year, today - YEARS_BACK), today + YEARS_AHEAD)


def _today() -> date:
    return working_calendar().day_of(clock.now())


def _days(year: int) -> list[Day]:
    """The nation's and region's holidays and the municipality's own days, in order."""
    held = official.current()
    national = official.national_holidays(held.municipality.country, held.region, year)
    own = {each.date: each for each in NonWorkingDay.objects.filter(date__year=year)}
    days = [
        Day(day, own[day].name, own[day].get_kind_display(), own[day].is_working, own[day])
        if day in own
        else Day(day, national[day], str(DayKind.NATIONAL.label), False, None)
        for day in {*national, *own}
    ]
    return sorted(days, key=lambda each: each.day)


def _hours(held: official.Official) -> dict[str, str]:
    return {f"day_{weekday}": _said(stretches) for weekday, stretches in held.facts.hours.items()}


def _said(stretches: Sequence[tuple[time, time]]) -> str:
    return ", ".join(f"{opens:%-H:%M}-{closes:%-H:%M}" for opens, closes in stretches)


@sets(Permission.CATALOG_EDIT)
@require_POST
def withdraw(request: HttpRequest, day: str) -> HttpResponse:
    """Take back what was said of a day; said again, it is as it was."""
    when = _date(day)
    own = NonWorkingDay.objects.filter(date=when).first() if when else None
    if own:
        effect = effect_on(own.date, is_working=_without(own))
        actions.withdraw_day(day=own.date, by=_by(request))
        messages.success(request, gettext("Quitado. %(effect)s") % {"effect": effect})
    return redirect(f"{reverse('desk:calendar')}?anio={day[:4]}")


def _date(said: str) -> date | None:
    try:
        return date.fromisoformat(said)
    except ValueError:
        return None


def _without(own: NonWorkingDay) -> bool:
    """Whether the day would be working without what was said of it."""
    held = official.current()
    is_holiday = own.date in official.national_holidays(held.municipality.country, held.region, own.date.year)
    return not is_holiday and own.date.weekday() in working_calendar().weekdays


@sets(Permission.CATALOG_EDIT)
@require_POST
def hours(request: HttpRequest) -> HttpResponse:
    """Set when the offices are open."""
    form = HoursForm(request.POST, prefix="horas")
    if form.is_valid():
        try:
            actions.set_office_hours(hours=form.hours, by=_by(request))
        except ValueError:
            form.add_error(None, gettext("Las horas van de menos a más y no se pisan."))
        else:
            messages.success(request, gettext("Guardado. Los plazos en horas se cuentan de nuevo en unos minutos."))
            return redirect("desk:calendar")
    return _page(request, hours_form=form)


@sets(Permission.CATALOG_EDIT)
@require_POST
def region(request: HttpRequest) -> HttpResponse:
    """Set whose holidays count."""
    form = RegionForm(request.POST, country=official.current().municipality.country)
    if not form.is_valid():
        return _page(request, region_form=form)
    actions.set_region(region=form.cleaned_data["region"], by=_by(request))
    messages.success(request, gettext("Guardado. Los plazos en curso se cuentan de nuevo en unos minutos."))
    return redirect("desk:calendar")
