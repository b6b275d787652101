"""The form of a rule: picked from lists, or its text; and of what it is tried with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ventanilla.cases.enums import Channel
from ventanilla.catalog.enums import Kind
from ventanilla.catalog.models import Procedure
from ventanilla.catalog.rules import conditions
from ventanilla.catalog.rules.conditions import Answer, Condition
from ventanilla.desk.configuring.routing import lists
from ventanilla.desk.configuring.routing.lists import Division, People
from ventanilla.desk.configuring.routing.words import WEEKDAY_WORDS, error_said
from ventanilla.forms.enums import Kind as AnswerKind
from ventanilla.forms.rules import Question
from ventanilla.lib import clock
from ventanilla.lib.expressions import BadExpression
from ventanilla.organization import municipality

ANY, OPEN, CLOSED, BETWEEN = "any", "open", "closed", "between"
_WHENS = [
    (ANY, _("A cualquier hora")),
    (OPEN, _("En horario de oficina")),
    (CLOSED, _("Fuera del horario de oficina")),
    (BETWEEN, _("Entre estas horas")),
]
_URGENT = [("", _("Da igual")), ("yes", _("Solo lo urgente")), ("no", _("Solo lo que no es urgente"))]
HOURS = [(str(hour), f"{hour}:00") for hour in range(24)]
_FROM, _UNTIL = "7", "17"
ASKABLE = (AnswerKind.CHOICE, AnswerKind.CHOICES, AnswerKind.YESNO)
"""Kinds of answer that a rule can pick."""
PREFIX = "respuesta-"


@dataclass(frozen=True)
class Box:
    """A box to tick, of the field `name`."""

    name: str
    value: str
    label: str
    is_picked: bool

    @property
    def id(self) -> str:
        return f"{self.name}-{self.value}"


@dataclass(frozen=True)
class Group:
    """Boxes under a heading, shown open where one is ticked."""

    label: str
    boxes: list[Box]

    @property
    def count(self) -> int:
        return sum(box.is_picked for box in self.boxes)


def _boxes(label: Any, choices: list[tuple[str, Any]]) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(label=label, choices=choices, required=False, widget=forms.CheckboxSelectMultiple)


def _questions(procedure: Procedure | None) -> list[Question]:
    """What of a type's questions a rule can ask for."""
    paper = procedure.form.paper if procedure and procedure.form else None
    return [question for question in paper.questions if question.kind in ASKABLE] if paper else []


def _answer_field(question: Question) -> forms.ChoiceField:
    yes_or_no = [("true", gettext("Sí")), ("false", gettext("No"))]
    options = yes_or_no if question.kind == AnswerKind.YESNO else list(question.options)
    return forms.ChoiceField(label=question.text, choices=[("", gettext("Da igual")), *options], required=False)


def _value(question: Question, said: str) -> str | bool:
    return said == "true" if question.kind == AnswerKind.YESNO else said


class RuleForm(forms.Form):
    """A rule picked from lists. After `is_valid()`, `condition()` is its text."""

    name = forms.CharField(
        label=_("Nombre de la regla"),
        max_length=160,
        help_text=_("Cada expediente lo muestra: «Alumbrado del centro, de noche»."),
        error_messages={"required": _("Póngale un nombre: cada expediente dirá qué regla lo mandó.")},
    )
    target = forms.ChoiceField(
        label=_("A quién le llega"),
        error_messages={"required": _("Elija a quién le llega."), "invalid_choice": _("Elija a quién le llega.")},
    )
    services = _boxes(_("Servicios"), [])
    types = _boxes(_("Tipos"), [])
    kinds = _boxes(_("Clase"), [(str(kind), kind.label) for kind in Kind])
    districts = _boxes(_("Distritos"), [])
    neighborhoods = _boxes(_("Barrios"), [])
    channels = _boxes(_("Por dónde llega"), [(str(channel), channel.label) for channel in Channel])
    weekdays = _boxes(_("Días"), WEEKDAY_WORDS)
    when = forms.ChoiceField(label=_("Hora"), choices=_WHENS, initial=ANY, widget=forms.RadioSelect)
    from_hour = forms.ChoiceField(label=_("Desde las"), choices=HOURS, initial=_FROM, required=False)
    until_hour = forms.ChoiceField(label=_("Hasta las"), choices=HOURS, initial=_UNTIL, required=False)
    urgent = forms.ChoiceField(label=_("Urgencia"), choices=_URGENT, required=False)

    def __init__(
        self, *args: Any, people: People, services: list[Division], districts: list[Division], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.services_listed, self.districts_listed = services, districts
        self._offer("target", [("", gettext("Elija")), *people.grouped()])
        for whole, part, divisions in (("services", "types", services), ("districts", "neighborhoods", districts)):
            self._offer(whole, [(each.key, each.label) for each in divisions if each.key])
            self._offer(part, [option for each in divisions for option in each.parts])
        self.questions = _questions(self._only_type())
        for question in self.questions:
            self.fields[PREFIX + question.field] = _answer_field(question)

    def _offer(self, name: str, choices: list[Any]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def _only_type(self) -> Procedure | None:
        """The one type that is picked, whose answers may be asked for."""
        picked = self["types"].value() or []
        return lists.procedure(picked[0]) if len(picked) == 1 and not self["services"].value() else None

    @property
    def what_boxes(self) -> list[Group]:
        """The services to tick, whole or by their types."""
        return self._groups("services", "types", self.services_listed, gettext("Todo el servicio"))

    @property
    def where_boxes(self) -> list[Group]:
        """The districts to tick, whole or by their neighbourhoods."""
        return self._groups("districts", "neighborhoods", self.districts_listed, gettext("Todo el distrito"))

    def _groups(self, whole: str, part: str, divisions: list[Division], all_of_it: str) -> list[Group]:
        picked = {whole: set(self[whole].value() or []), part: set(self[part].value() or [])}
        groups = []
        for each in divisions:
            options = [(whole, each.key, all_of_it)] * bool(each.key) + [(part, *option) for option in each.parts]
            boxes = [Box(name, value, label, value in picked[name]) for name, value, label in options]
            groups.append(Group(each.label, boxes))
        return groups

    def answer_fields(self) -> list[forms.BoundField]:
        """The questions of the one type that is picked."""
        return [self[PREFIX + question.field] for question in self.questions]

    def condition(self) -> str:
        """The text of what was picked."""
        return conditions.write(self.picked())

    def picked(self) -> Condition:
        """What was picked, in the order of the lists."""
        said = self.cleaned_data
        when = said.get("when", ANY)
        hours = (int(said["from_hour"]), int(said["until_hour"])) if when == BETWEEN else None
        many = ("services", "types", "kinds", "districts", "neighborhoods", "channels")
        return Condition(
            **{name: tuple(said.get(name, ())) for name in many},
            weekdays=tuple(map(int, said.get("weekdays", ()))),
            hours=hours,
            office={OPEN: True, CLOSED: False}.get(when),
            urgent={"yes": True, "no": False}.get(said.get("urgent", "")),
            answers=tuple(self._answers()),
        )

    def _answers(self) -> list[Answer]:
        said = [(question, self.cleaned_data.get(PREFIX + question.field, "")) for question in self.questions]
        return [
            Answer(question.field, _value(question, value), several=question.kind == AnswerKind.CHOICES)
            for question, value in said
            if value
        ]

    def clean(self) -> dict[str, Any]:
        """Hours that are two, and a text that isn't too long."""
        cleaned = super().clean() or {}
        if cleaned.get("when") == BETWEEN and cleaned.get("from_hour") == cleaned.get("until_hour"):
            self.add_error("until_hour", _("Elija una hora distinta de aquella en que empieza."))
        elif not self.errors:
            _check(self, "types", self.condition())
        return cleaned


class TextForm(forms.Form):
    """A rule whose condition is written as text."""

    name = RuleForm.base_fields["name"]
    target = RuleForm.base_fields["target"]
    text = forms.CharField(
        label=_("Condición, en CEL"),
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false", "class": "c-code"}),
        error_messages={"required": _("Escriba la condición.")},
    )

    def __init__(self, *args: Any, people: People, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["target"].choices = [("", gettext("Elija")), *people.grouped()]  # type: ignore[attr-defined]

    def condition(self) -> str:
        """The text as it was written."""
        return str(self.cleaned_data["text"])

    def clean_text(self) -> str:
        """A text that may be asked."""
        text = self.cleaned_data["text"].strip()
        _check(self, "text", text)
        return str(text)


def _check(form: forms.Form, name: str, text: str) -> None:
    try:
        conditions.check(text)
    except BadExpression as error:
        form.add_error(name, gettext("La regla no se puede guardar: %(why)s.") % {"why": error_said(error)})


def initial_of(condition: Condition) -> dict[str, Any]:
    """A condition as the form shows it."""
    when = {True: OPEN, False: CLOSED}.get(condition.office) if condition.office is not None else ANY
    first, last = condition.hours or (int(_FROM), int(_UNTIL))
    many = ("services", "types", "kinds", "districts", "neighborhoods", "channels")
    return {
        **{name: list(getattr(condition, name)) for name in many},
        "weekdays": [str(day) for day in condition.weekdays],
        "when": BETWEEN if condition.hours else when,
        "from_hour": str(first),
        "until_hour": str(last),
        "urgent": {True: "yes", False: "no", None: ""}[condition.urgent],
        **{PREFIX + each.field: _shown(each.value) for each in condition.answers},
    }


def _shown(value: str | bool) -> str:
    return str(value).lower() if isinstance(value, bool) else value


class TryForm(forms.Form):
    """A case that doesn't exist: of a type, somewhere, by a channel, at a moment."""

    type = forms.ChoiceField(label=_("Tipo"), error_messages={"required": _("Elija un tipo para probar.")})
    zone = forms.ChoiceField(label=_("Dónde"), required=False)
    channel = forms.ChoiceField(label=_("Por dónde llega"), choices=Channel.choices, initial=Channel.WEB)
    day = forms.DateField(
        label=_("Día"),
        widget=forms.DateInput(attrs={"type": "date", "class": "v-width-10"}, format="%Y-%m-%d"),
        error_messages={"required": _("Elija el día."), "invalid": _("Escriba un día que exista.")},
    )
    hour = forms.ChoiceField(label=_("Hora"), choices=HOURS)
    urgent = forms.BooleanField(label=_("Marcado urgente"), required=False)

    def __init__(self, *args: Any, districts: list[Division], **kwargs: Any) -> None:
        local = clock.now().astimezone(municipality.current().zone)
        kwargs["initial"] = {"day": local.date(), "hour": str(local.hour), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        self.fields["type"].choices = [("", gettext("Elija un tipo")), *lists.types()]  # type: ignore[attr-defined]
        self.fields["zone"].choices = [("", gettext("Sin lugar")), *_zones(districts)]  # type: ignore[attr-defined]
        self.questions = _questions(self.procedure)
        for question in self.questions:
            self.fields[PREFIX + question.field] = _answer_field(question)

    @property
    def procedure(self) -> Procedure | None:
        """The type that is tried."""
        return lists.procedure(str(self["type"].value() or ""))

    def answer_fields(self) -> list[forms.BoundField]:
        """The questions of the type that is tried."""
        return [self[PREFIX + question.field] for question in self.questions]

    def answers(self) -> dict[str, Any]:
        """The answers, as a case has them."""
        said = [(question, self.cleaned_data.get(PREFIX + question.field, "")) for question in self.questions]
        values = [(question, _value(question, value)) for question, value in said if value]
        return {q.field: [value] if q.kind == AnswerKind.CHOICES else value for q, value in values}

    def moment(self) -> datetime:
        """When it would come in."""
        said = self.cleaned_data
        at = datetime.combine(said["day"], datetime.min.time(), municipality.current().zone)
        return at.replace(hour=int(said["hour"]))

    def zone_keys(self) -> tuple[str, str]:
        """The keys of district and neighbourhood; empty for none."""
        district, _bar, neighborhood = self.cleaned_data["zone"].partition("|")
        return district, neighborhood


def _zones(districts: list[Division]) -> list[tuple[str, list[tuple[str, str]]]]:
    return [
        (
            each.label,
            [(f"{each.key}|", each.label)] * bool(each.key)
            + [(f"{each.key}|{key}", label) for key, label in each.parts],
        )
        for each in districts
    ]
