"""Rooms know only what lies on lower floors: in imports, in tables, in addresses and in templates."""

import ast

import pytest
from click.testing import CliRunner
from django.apps import apps
from django.db.models import Field, Model
from importlinter.cli import lint_imports_command

from tests.architecture.house import (
    HOME,
    PACKAGE,
    TAG,
    calls,
    contracts,
    floors,
    may_know,
    room_of,
    rooms,
    shown,
    sources,
    templates,
)

NO_ROOMS_WITHIN = {"config", "lib", "clients", "design"}
"""Rooms without the inner order: they hold no actions or models."""

NOT_BORN_YET: set[str] = set()
"""Rooms named by the architecture of this issue that are still empty."""

ADDRESSING = {"reverse", "reverse_lazy", "redirect", "resolve_url"}


def test_imports_keep_the_contracts() -> None:
    kept = CliRunner().invoke(
        lint_imports_command, ["--config", str(HOME / "pyproject.toml"), "--no-cache", "--no-logo"]
    )
    assert kept.exit_code == 0, kept.output


def test_every_room_has_its_floor_and_every_floor_its_rooms() -> None:
    assert set(rooms()) == set(floors())


def test_every_room_keeps_the_inner_order() -> None:
    assert set(contracts()[1]["containers"]) == {f"ventanilla.{room}" for room in set(rooms()) - NO_ROOMS_WITHIN}


@pytest.mark.parametrize("room", rooms())
def test_no_room_is_empty(room: str) -> None:
    held = [path for path in (PACKAGE / room).rglob("*.py") if path.name not in {"__init__.py", "apps.py"}]
    assert bool(held) != (room in NOT_BORN_YET)


def relations() -> list[tuple[type[Model], Field[object, object]]]:
    own = [model for model in apps.get_models(include_auto_created=True) if model.__module__.startswith("ventanilla.")]
    return [(model, field) for model in own for field in model._meta.get_fields() if _is_forward_relation(field)]


def _is_forward_relation(field: object) -> bool:
    return bool(getattr(field, "is_relation", False) and getattr(field, "concrete", False))


def test_every_foreign_key_goes_down() -> None:
    found = relations()
    upwards = [
        f"{model._meta.label}.{field.name}"
        for model, field in found
        if not may_know(model._meta.app_label, field.related_model._meta.app_label)  # type: ignore[union-attr]
    ]
    assert upwards == []
    assert len(found) > 10


def test_no_generic_foreign_key() -> None:
    assert [f"{m._meta.label}" for m, f in relations() if f.related_model._meta.app_label == "contenttypes"] == []  # type: ignore[union-attr]


def upper_addresses(room: str, names: list[str]) -> list[str]:
    """Names of addresses (`room:name`) that this room may not know. Those without a room belong to libraries."""
    spaces = [name.split(":")[0] for name in names if ":" in name]
    return [space for space in spaces if space in floors() and not may_know(room, space)]


def test_addresses_asked_for_in_code_are_of_lower_floors() -> None:
    wrong = []
    for path, tree in sources().items():
        names = [call.args[0].value for call in calls(tree, ADDRESSING) if call.args and _is_text(call.args[0])]  # type: ignore[attr-defined]
        wrong += [f"{shown(path)}: {space}" for space in upper_addresses(room_of(path), names)]
    assert wrong == []


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


@pytest.mark.parametrize("name", templates())
def test_a_template_asks_for_pages_and_templates_of_lower_floors(name: str) -> None:
    path = templates()[name]
    wanted = [(tag, what) for tag, _, what in TAG.findall(path.read_text(encoding="utf-8"))]
    assert upper_addresses(room_of(path), [what for tag, what in wanted if tag == "url"]) == []
    for _tag, what in [each for each in wanted if each[0] != "url"]:
        assert what in templates(), f"{what} does not exist"
        assert may_know(room_of(path), room_of(templates()[what])), what
