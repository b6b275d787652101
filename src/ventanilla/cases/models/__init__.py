"""The spine: a case, what happened to it, the work it owes and the clocks that run."""

from ventanilla.cases.models.case import Case, CaseCounter, CaseQuerySet, theirs
from ventanilla.cases.models.clocks import CorrectionRequest, Deadline, Pause
from ventanilla.cases.models.desk import ReplyTemplate, SavedView, UrgencyWeights
from ventanilla.cases.models.links import RelatedCase
from ventanilla.cases.models.numbers import MonthlyCount
from ventanilla.cases.models.people import Draft, DraftFile, Follower, Receipt, Survey
from ventanilla.cases.models.story import Attachment, Event, WorkItem

__all__ = [
    "Attachment",
    "Case",
    "CaseCounter",
    "CaseQuerySet",
    "CorrectionRequest",
    "Deadline",
    "Draft",
    "DraftFile",
    "Event",
    "Follower",
    "MonthlyCount",
    "Pause",
    "Receipt",
    "RelatedCase",
    "ReplyTemplate",
    "SavedView",
    "Survey",
    "UrgencyWeights",
    "WorkItem",
    "theirs",
]
