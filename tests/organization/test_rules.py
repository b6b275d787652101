"""Where a role can be given: every combination."""

from itertools import product

import pytest

from ventanilla.organization.enums import Reach
from ventanilla.organization.rules import SeatProblem, seat_problem

NOWHERE = {"department": None, "team": None, "team_department": None}
IN_AREA = {"department": 1, "team": None, "team_department": None}
IN_TEAM = {"department": 1, "team": 7, "team_department": 1}
ELSEWHERE = {"department": 2, "team": 7, "team_department": 1}
TEAM_ALONE = {"department": None, "team": 7, "team_department": 1}


@pytest.mark.parametrize("reach", list(Reach))
def test_a_team_of_another_department_never_goes(reach: Reach) -> None:
    assert seat_problem(reach, **ELSEWHERE) is SeatProblem.TEAM_OF_ANOTHER
    assert seat_problem(reach, **TEAM_ALONE) is SeatProblem.TEAM_OF_ANOTHER


@pytest.mark.parametrize(
    ("reach", "where", "expected"),
    [
        (Reach.TEAM, NOWHERE, SeatProblem.NEEDS_TEAM),
        (Reach.TEAM, IN_AREA, SeatProblem.NEEDS_TEAM),
        (Reach.DEPARTMENT, NOWHERE, SeatProblem.NEEDS_DEPARTMENT),
        (Reach.DEPARTMENT, IN_AREA, None),
        (Reach.EVERYWHERE, NOWHERE, None),
        (Reach.EVERYWHERE, IN_AREA, None),
        *[(reach, IN_TEAM, None) for reach in Reach],
    ],
)
def test_a_role_needs_as_much_as_it_reaches(reach: Reach, where: dict, expected: SeatProblem | None) -> None:
    assert seat_problem(reach, **where) is expected


def test_what_is_given_gives_something() -> None:
    for reach, where in product(Reach, (NOWHERE, IN_AREA, IN_TEAM)):
        gives = reach is Reach.EVERYWHERE or where["team"] or (reach is Reach.DEPARTMENT and where["department"])
        assert (seat_problem(reach, **where) is None) == bool(gives)
