"""Fixed words of the design room."""

from enum import StrEnum


class Tone(StrEnum):
    """What a colour says. The kit's names; `solid` is teja filled, for what is late."""

    NEUTRAL = "neutral"
    ACTION = "accent"
    OWED = "warning"
    LATE = "solid"
    DONE = "success"


class Shape(StrEnum):
    """The form of a pin, so that a state is never colour alone."""

    RING = "ring"
    DIAMOND = "diamond"
    TRIANGLE = "triangle"
    SQUARE = "square"


class StepKind(StrEnum):
    """Where a step of the line stands; `ask` is the step that waits for the person."""

    DONE = "done"
    NOW = "now"
    ASK = "ask"
    NEXT = "next"
    END = "end"


class TermState(StrEnum):
    """How a term runs."""

    RUNNING = "running"
    PAUSED = "paused"
    LATE = "late"
    MET = "met"
    MISSED = "missed"


class Unit(StrEnum):
    """What a term is counted in."""

    WORKING_DAY = "working_day"
    CALENDAR_DAY = "calendar_day"
    HOUR = "hour"
