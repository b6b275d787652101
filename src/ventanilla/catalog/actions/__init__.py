"""Writes of the catalogue."""

from ventanilla.catalog.actions.beginning import start
from ventanilla.catalog.actions.defining import (
    DocumentNotNeeded,
    add_procedure,
    add_service,
    ask,
    change_procedure,
    change_service,
    define_procedure,
    define_service,
)
from ventanilla.catalog.actions.record import CHAIN
from ventanilla.catalog.actions.routing import (
    Target,
    add_rule,
    change_rule,
    define_routing_rule,
    move_rule,
    remove_rule,
    restore_rule,
    switch_rule,
)

__all__ = [
    "CHAIN",
    "DocumentNotNeeded",
    "Target",
    "add_procedure",
    "add_rule",
    "add_service",
    "ask",
    "change_procedure",
    "change_rule",
    "change_service",
    "define_procedure",
    "define_routing_rule",
    "define_service",
    "move_rule",
    "remove_rule",
    "restore_rule",
    "start",
    "switch_rule",
]
