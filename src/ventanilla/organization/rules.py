"""Pure rules of the organisation."""

from enum import StrEnum

from ventanilla.organization.enums import Reach


class SeatProblem(StrEnum):
    """Why a role can't be given there."""

    NEEDS_DEPARTMENT = "needs_department"
    NEEDS_TEAM = "needs_team"
    TEAM_OF_ANOTHER = "team_of_another"
    HELD_ALREADY = "held_already"


def seat_problem(
    reach: Reach, *, department: int | None, team: int | None, team_department: int | None
) -> SeatProblem | None:
    """What is wrong with a role of this reach in this department and team (ids); None if nothing is.

    A role that reaches no further than a department or a team would give nothing without one.
    """
    if team is not None and department != team_department:
        return SeatProblem.TEAM_OF_ANOTHER
    if reach == Reach.TEAM and team is None:
        return SeatProblem.NEEDS_TEAM
    if reach == Reach.DEPARTMENT and department is None:
        return SeatProblem.NEEDS_DEPARTMENT
    return None
