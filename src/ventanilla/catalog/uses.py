"""What of the catalogue still needs an area or a team."""

from __future__ import annotations

from django.utils.translation import ngettext

from ventanilla.catalog.models import Procedure, RoutingRule
from ventanilla.organization.models import Department, Team


def of_unit(unit: Department | Team) -> list[str]:
    """In words: the types in use that go to it, and the rules that send to it."""
    field = "department" if isinstance(unit, Department) else "team"
    types = Procedure.objects.filter(**{field: unit}, is_active=True).count()
    rules = RoutingRule.objects.kept().filter(**{field: unit}).count()
    said = [ngettext("%(n)d tipo de trámite", "%(n)d tipos de trámite", types) % {"n": types}] * bool(types)
    return said + [ngettext("%(n)d regla de reparto", "%(n)d reglas de reparto", rules) % {"n": rules}] * bool(rules)
