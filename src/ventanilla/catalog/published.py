"""The catalogue as it stands, kept in memory: every page and every filing reads it, few change it."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.conf import settings

from ventanilla.catalog import rules, starting
from ventanilla.catalog.models import Procedure, RoutingRule, Service
from ventanilla.design import languages
from ventanilla.design.languages import translated
from ventanilla.lib import expressions
from ventanilla.lib.held import Held
from ventanilla.organization.models import Department

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Route:
    """Who gets a case, and the rule that said so (empty: the type's own department)."""

    department: Department
    team_id: int | None
    assignee_id: int | None
    rule: str


@dataclass(frozen=True)
class CompiledRule:
    """A routing rule with its condition compiled."""

    rule: RoutingRule
    condition: expressions.Expression

    def holds(self, values: dict[str, Any]) -> bool:
        """Whether the rule applies; not where its condition can't be decided."""
        try:
            return expressions.holds(self.condition, values)
        except expressions.ExpressionError:
            log.info("routing rule undecided", extra={"rule": self.rule.order})
            return False

    @property
    def route(self) -> Route:
        """Where it sends; to nobody in person where their account has been closed since."""
        rule = self.rule
        assignee = rule.assignee_id if rule.assignee and rule.assignee.is_active else None
        return Route(rule.department, rule.team_id, assignee, str(rule))


@dataclass(frozen=True)
class Catalogue:
    """Active services, every type by its row, the active ones by key, the finder and the compiled rules."""

    services: list[Service]
    procedures: dict[int, Procedure]
    by_key: dict[str, Procedure]
    index: rules.Index
    routing: list[CompiledRule]
    others: dict[str, rules.Index] = field(default_factory=dict)
    """The finders in other languages, made when somebody first asks in one."""

    def find(self, typed: str, limit: int = 6) -> list[Procedure]:
        """The types that best meet the words typed, best first; the last word may be unfinished.

        By the words of the language in force, and the Spanish ones with them.
        """
        return [self.by_key[key] for key, _score in self._finder(languages.current()).find(typed, limit)]

    def _finder(self, language: str) -> rules.Index:
        if language == settings.LANGUAGE_CODE:
            return self.index
        if language not in self.others:
            self.others[language] = _index(tuple(_said_in(language, each) for each in self.by_key.values()))
        return self.others[language]

    def examples(self) -> list[str]:
        """People's words for a type of each service, in the language in force."""
        types = (next((t for t in self.of_service(s) if t.words and not t.is_emergency), None) for s in self.services)
        return [_words(languages.current(), each)[0] for each in types if each]

    def of_service(self, service: Service) -> list[Procedure]:
        """The active types of a service, in their order."""
        return [each for each in self.by_key.values() if each.service_id == service.pk]

    def route(self, procedure: Procedure, values: dict[str, Any]) -> Route:
        """The first rule that holds of a case's values; the type's own department where none does.

        `values` are those of `rules.conditions.NAMES`. A rule that can't be decided for a case, because it asks for an
        answer nobody gave, does not hold: filing never fails for a rule.
        """
        for compiled in self.routing:
            if compiled.holds(values):
                return compiled.route
        return Route(procedure.department, procedure.team_id, None, "")


def current() -> Catalogue:
    """The catalogue, at most a few seconds old."""
    return _held.get(None)


def procedure(pk: int) -> Procedure | None:
    """A type by its row, active or not, with its service and form; None where it is newer than what is held."""
    return current().procedures.get(pk)


def forget() -> None:
    """Read it again the next time: called when it changes."""
    _held.forget()


def _read() -> Catalogue:
    """Three statements. The finder is made anew only where what it knows has changed: it takes tens of milliseconds."""
    procedures = list(Procedure.objects.select_related("service", "form", "department", "team"))
    active = [each for each in procedures if each.is_active and each.service.is_active]
    return Catalogue(
        services=list(Service.objects.filter(is_active=True)),
        procedures={each.pk: each for each in procedures},
        by_key={each.key: each for each in active},
        index=_index(tuple(_said(each) for each in active)),
        routing=list(compiled(RoutingRule.objects.asked())),
    )


def _said(procedure: Procedure) -> tuple[str, str, tuple[str, ...], str, str]:
    words = tuple(procedure.words)
    return procedure.key, procedure.name, words, procedure.service.name, procedure.description


def _said_in(language: str, procedure: Procedure) -> tuple[str, str, tuple[str, ...], str, str]:
    names = (translated(each) for each in (procedure.name, procedure.service.name, procedure.description))
    name, service, description = names
    words = (procedure.name, *starting.words(language).get(procedure.key, ()), *procedure.words)
    return procedure.key, name, words, service, description


def _words(language: str, procedure: Procedure) -> list[str]:
    """What people call a type, in a language that it may have no words in."""
    if language == settings.LANGUAGE_CODE:
        return list(procedure.words)
    return starting.words(language).get(procedure.key) or [translated(procedure.name)]


@lru_cache(maxsize=4)
def _index(said: tuple[tuple[str, str, tuple[str, ...], str, str], ...]) -> rules.Index:
    return rules.index(rules.entry(*each) for each in said)


def compiled(stored: Iterable[RoutingRule]) -> Iterable[CompiledRule]:
    """The rules in their order, without those whose condition is no longer understood."""
    for rule in stored:
        try:
            yield CompiledRule(rule, expressions.compile(rule.condition))
        except expressions.BadExpression:
            log.warning("routing rule not understood", extra={"rule": rule.order})


_held: Held[None, Catalogue] = Held(lambda _key: _read())
