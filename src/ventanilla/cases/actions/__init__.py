"""Everything that happens to a case."""

from ventanilla.cases.actions.bulk import import_cases
from ventanilla.cases.actions.ending import (
    answer_survey,
    cancel_case,
    refuse_case,
    reopen_case,
    resolve_case,
    schedule_case,
    unschedule_case,
    withdraw_case,
)
from ventanilla.cases.actions.erasing import erase_case
from ventanilla.cases.actions.filing import Filing, OutsideMunicipality, foresee, open_case
from ventanilla.cases.actions.following import follow, unfollow
from ventanilla.cases.actions.inquiry import answer_at_once
from ventanilla.cases.actions.links import link_cases, mark_duplicate, unlink_cases
from ventanilla.cases.actions.naming import rename_applicant
from ventanilla.cases.actions.place import correct_place
from ventanilla.cases.actions.record import Happening, record
from ventanilla.cases.actions.sourced import CaseRow
from ventanilla.cases.actions.talk import (
    ask_person,
    attach,
    log_contact,
    note,
    person_replies,
    reply,
    request_correction,
)
from ventanilla.cases.actions.terms import extend_correction, extend_term, mark_urgent, pause_term, resume_term
from ventanilla.cases.actions.work import (
    assign_case,
    complete_data,
    complete_work,
    release_case,
    route_case,
    take_case,
)
from ventanilla.cases.actions.writing import Refused

__all__ = [
    "CaseRow",
    "Filing",
    "Happening",
    "OutsideMunicipality",
    "Refused",
    "answer_at_once",
    "answer_survey",
    "ask_person",
    "assign_case",
    "attach",
    "cancel_case",
    "complete_data",
    "complete_work",
    "correct_place",
    "erase_case",
    "extend_correction",
    "extend_term",
    "follow",
    "foresee",
    "import_cases",
    "link_cases",
    "log_contact",
    "mark_duplicate",
    "mark_urgent",
    "note",
    "open_case",
    "pause_term",
    "person_replies",
    "record",
    "refuse_case",
    "release_case",
    "rename_applicant",
    "reopen_case",
    "reply",
    "request_correction",
    "resolve_case",
    "resume_term",
    "route_case",
    "schedule_case",
    "take_case",
    "unfollow",
    "unlink_cases",
    "unschedule_case",
    "withdraw_case",
]
