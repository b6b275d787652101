"""What a form asks and whether answers fit it. Pure: values in, answer out."""

from ventanilla.forms.rules.answers import Checked, validate
from ventanilla.forms.rules.publishing import Unpublishable, completed
from ventanilla.forms.rules.questions import Condition, Question, Questionnaire, questionnaire

__all__ = [
    "Checked",
    "Condition",
    "Question",
    "Questionnaire",
    "Unpublishable",
    "completed",
    "questionnaire",
    "validate",
]
