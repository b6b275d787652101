"""Combinations of the inbox's filters, drawn from all that its page offers for open cases."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import timedelta

from ventanilla.accounts.models import User
from ventanilla.cases.enums import OPEN_STATES, Channel
from ventanilla.cases.inbox import CLOSED, VIEWS
from ventanilla.catalog import published
from ventanilla.lib import clock
from ventanilla.operations.bench import town
from ventanilla.organization.models import Department, Team

DAYS = 120
"""How far back the days of filing go: about as far as the oldest open case."""
MOST = 4


def combinations(source: random.Random) -> Iterator[dict[str, str]]:
    """A view of open cases and one to four filters, without end."""
    offered, views = options(), [view for view in VIEWS if view != CLOSED]
    while True:
        chosen = source.sample(list(offered), source.randint(1, MOST))
        yield {"vista": source.choice(views)} | {name: source.choice(offered[name]) for name in chosen}


def options() -> dict[str, list[str]]:
    """Every filter, by its name in the address, with all the values it may have."""
    catalogue, today = published.current(), clock.now().date()
    days = [(today - timedelta(days=back)).isoformat() for back in range(DAYS)]
    return {
        "area": list(Department.objects.values_list("key", flat=True)),
        "equipo": list(Team.objects.values_list("key", flat=True)),
        "tipo": list(catalogue.by_key),
        "servicio": [each.key for each in catalogue.services],
        "estado": [str(state) for state in OPEN_STATES],
        "canal": list(Channel.values),
        "distrito": [f"d{d}" for d in range(town.DISTRICTS)],
        "barrio": [f"b{d}-{b}" for d in range(town.DISTRICTS) for b in range(town.BARRIOS)],
        "quien": list(User.objects.filter(pk__in=town.staff()).values_list("username", flat=True)),
        "entro-desde": days,
        "entro-hasta": days,
        "urgente": ["1"],
        "faltan-datos": ["1"],
    }
