"""What the organisation begins with."""

import re

import pytest

from ventanilla.organization import registry, starting
from ventanilla.organization.actions import AlreadyFounded, found_municipality
from ventanilla.organization.models import Department, Municipality, Role, Team


def found(country: str = "CR") -> Municipality:
    return found_municipality(name="Villa", country=country, time_zone="UTC", kind="Municipalidad", by="test")


def test_keys_are_taken_once() -> None:
    assert len(starting.departments()) == len({each.key for each in starting.departments()}) == 13
    teams = [key for each in starting.departments() for key in each.teams]
    assert len(teams) == len(set(teams))


@pytest.mark.parametrize("department", starting.departments(), ids=lambda each: each.key)
def test_a_department_has_a_plain_name_and_a_team(department: starting.StartingDepartment) -> None:
    assert department.teams
    for name in (department.name, *department.teams.values()):
        assert re.fullmatch(r"[A-ZÁÉÍÓÚ][a-záéíóúñ ]{3,40}", name)


@pytest.mark.django_db
def test_departments_are_made_once_and_what_was_changed_stays() -> None:
    starting.start_departments()
    Department.objects.filter(key="works").update(name="Vialidad", is_active=False)
    moved = Team.objects.get(key="trees_crew")
    moved.department = Department.objects.get(key="works")
    moved.save()
    before = [list(table.objects.order_by("pk").values()) for table in (Department, Team)]
    starting.start_departments()
    assert [list(table.objects.order_by("pk").values()) for table in (Department, Team)] == before


def test_lower_floors_begin_first() -> None:
    rooms = [name for name, _fill in reversed(registry.starting.items())]
    assert [name for name in rooms if name in ("organization", "calendars", "workflow", "catalog")] == [
        "organization",
        "calendars",
        "workflow",
        "catalog",
    ]


@pytest.mark.django_db
def test_a_municipality_is_founded_once_with_roles_and_departments() -> None:
    found()
    assert set(Role.objects.values_list("key", flat=True)) >= {role.key for role in starting.ROLES}
    assert Department.objects.count() == len(starting.departments())
    with pytest.raises(AlreadyFounded):
        found()


@pytest.mark.django_db
@pytest.mark.parametrize(("country", "phone"), [("CR", "911"), ("ES", "112"), ("CO", "123"), ("AR", "911")])
def test_the_emergency_phone_is_the_country_s(country: str, phone: str) -> None:
    assert found(country).emergency_phone == phone
