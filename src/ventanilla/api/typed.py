"""Cases with their types out of the catalogue that is kept in memory."""

from __future__ import annotations

from collections.abc import Iterable

from ventanilla.cases.models import Case
from ventanilla.catalog import published


def with_types(cases: Iterable[Case]) -> list[Case]:
    """The cases, each with its type; one that the catalogue doesn't know is read when it is asked for."""
    types, found = published.current().procedures, list(cases)
    for case in found:
        if case.procedure_id in types:
            case.procedure = types[case.procedure_id]
    return found
