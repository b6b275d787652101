"""Fixed words of forms."""

from enum import StrEnum


class Kind(StrEnum):
    """What an answer is, read from the schema of its field."""

    TEXT = "text"
    CHOICE = "choice"
    CHOICES = "choices"
    INTEGER = "integer"
    NUMBER = "number"
    YESNO = "yesno"
    DATE = "date"
    LINES = "lines"


class Widget(StrEnum):
    """How a question is asked on a page."""

    RADIO = "radio"
    SELECT = "select"
    CHECKBOXES = "checkboxes"
    SHORT = "short"
    LONG = "long"
    NUMBER = "number"
    DATE = "date"
    YESNO = "yesno"
    LINES = "lines"


WIDGETS = {
    Kind.TEXT: (Widget.SHORT, Widget.LONG),
    Kind.CHOICE: (Widget.RADIO, Widget.SELECT),
    Kind.CHOICES: (Widget.CHECKBOXES,),
    Kind.INTEGER: (Widget.NUMBER,),
    Kind.NUMBER: (Widget.NUMBER,),
    Kind.YESNO: (Widget.YESNO,),
    Kind.DATE: (Widget.DATE,),
    Kind.LINES: (Widget.LINES,),
}
"""The widgets that can ask for each kind, the usual one first."""
