"""What a step of the report says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ventanilla.portal.report.flow import Flow


@dataclass
class Answer:
    """What a step says of a submission: go on (`done`), or its page again with this context."""

    done: bool
    context: dict[str, Any] = field(default_factory=dict)
    path: str = ""


@dataclass(frozen=True)
class StepPage:
    """A step: its title, how it shows itself and how it takes an answer. Its template is named after it."""

    title: Any
    show: Callable[[Flow], dict[str, Any]]
    take: Callable[[Flow], Answer]
