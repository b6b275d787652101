"""Catalogues of other systems, and what this municipality made of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.cast import Cast
from tests.operations.imports import bring
from ventanilla.audit.models import TrailEntry
from ventanilla.catalog import actions, published
from ventanilla.catalog.models import Procedure
from ventanilla.lib.imports import ImportReport, WrongMapping
from ventanilla.organization.models import Department

MAPPING = """
what = "services"
title = "catalogo"
update = true

[fields]
key = "id"
name = "nombre"
group = "id"
kind = "clase"

[values.kind]
Aviso = "service_request"
Queja = "complaint"

[values.group]
q1 = "attention"
"*" = "lighting"

[departments]
alumbrado = "No se usa: ya hay una"
attention = "Atención a la gente"

[groups.lighting]
name = "Luces"
department = "alumbrado"
icon = "bulb"

[groups.attention]
name = "Atención"
department = "attention"
public = false
"""
TABLE = "id,nombre,clase\na1,Horquillas delimitadoras,Aviso\na1,Horquillas y banderines,Aviso\nq1,Quejas,Queja\n"


@pytest.fixture
def imported(cast: Cast, tmp_path: Path) -> Any:
    def run(table: str = TABLE, mapping: str = MAPPING) -> ImportReport:
        (tmp_path / "a.csv").write_text(table, encoding="utf-8")
        (tmp_path / "a.toml").write_text(mapping, encoding="utf-8")
        return bring("services", tmp_path / "a.csv", tmp_path / "a.toml")

    return run


def test_each_key_is_a_type_under_its_group(imported: Any) -> None:
    report = imported()
    assert (report.created, report.unchanged, report.rejected) == (2, 1, [])
    one, other = Procedure.objects.get(key="a1"), Procedure.objects.get(key="q1")
    assert (one.name, one.words) == ("Horquillas delimitadoras", ["Horquillas y banderines"])
    assert (one.service.name, one.department.key, one.nature) == ("Luces", "alumbrado", "service_notice")
    assert (other.kind, other.nature, other.process_key) == ("complaint", "complaint", "complaint")
    assert (one.may_be_public, other.is_public) == (True, False)
    assert Department.objects.get(key="alumbrado").name == "Alumbrado público"
    assert Department.objects.get(key="attention").name == "Atención a la gente"


def test_twice_is_once(imported: Any) -> None:
    imported()
    before = list(Procedure.objects.order_by("pk").values()), TrailEntry.objects.count()
    report = imported()
    assert (report.created, report.updated, report.unchanged) == (0, 0, 3)
    assert (list(Procedure.objects.order_by("pk").values()), TrailEntry.objects.count()) == before


def test_a_name_changed_at_the_source_follows_and_the_old_one_still_finds_it(imported: Any) -> None:
    imported()
    actions.define_procedure(key="a1", by="olga", weight=3, words=["pivote", "Horquillas y banderines"])
    report = imported(TABLE.replace("Horquillas delimitadoras", "Bolardos"))
    published.forget()
    renamed = Procedure.objects.get(key="a1")
    assert (report.updated, renamed.name, renamed.weight) == (1, "Bolardos", 3)
    assert set(renamed.words) == {"pivote", "Horquillas y banderines", "Horquillas delimitadoras"}
    assert [each.key for each in published.current().find("horquillas")] == ["a1"]
    assert imported(TABLE.replace("Horquillas delimitadoras", "Bolardos")).updated == 0


def test_without_update_it_stays_as_the_municipality_has_it(imported: Any) -> None:
    imported()
    report = imported(TABLE.replace("Quejas", "Reclamos"), MAPPING.replace("update = true", ""))
    assert (report.updated, Procedure.objects.get(key="q1").name) == (0, "Quejas")


ASKS = """needs_document = "pide"

[values.needs_document]
S = "true"
N = "false"

[values.kind]
Pide = "application"
"""
DOCUMENTS = MAPPING.replace("[values.kind]\n", ASKS)


def test_a_row_asks_for_a_document_only_where_the_law_needs_to_know_who_files(imported: Any) -> None:
    rows = "a1,Farola,Aviso,S\na2,Banco,Aviso,N\na3,Silla,Aviso,\np1,Una patente,Pide,S\np2,Otra,Pide,quizá\n"
    report = imported(f"id,nombre,clase,pide\n{rows}", DOCUMENTS)
    assert [(each.row, each.key, each.reason) for each in report.rejected] == [
        (1, "a1", "Ninguna norma pide identificarse para esto: aviso de servicio. No puede pedir documento."),
        (5, "p2", "«quizá» no es un valor de «needs_document»."),
    ]
    made = Procedure.objects.filter(key__in=["a1", "a2", "a3", "p1", "p2"]).order_by("key")
    assert list(made.values_list("key", "needs_document")) == [("a2", False), ("a3", False), ("p1", True)]


def test_rows_that_are_no_type_are_said(imported: Any) -> None:
    wrong = f"con espacio,X,Aviso\n,X,Aviso\nb1,,Aviso\nb2,{'x' * 161},Aviso\nb3,X,Fiesta\nb4,X\n"
    report = imported(TABLE + wrong)
    assert [each.row for each in report.rejected] == [4, 5, 6, 7, 8, 9]
    assert not Procedure.objects.filter(key__in=["b1", "b2", "b3", "b4"]).exists()


def test_a_group_that_the_mapping_does_not_have_is_said(imported: Any) -> None:
    report = imported(mapping=MAPPING.replace('"*" = "lighting"', '"*" = "lights"'))
    assert [each.reason for each in report.rejected] == ["No hay [groups.lights] en la correspondencia."] * 2


def test_a_department_without_a_name_is_said_before_anything_enters(imported: Any) -> None:
    with pytest.raises(WrongMapping, match="attention"):
        imported(mapping=MAPPING.replace('attention = "Atención a la gente"', ""))
    assert not Procedure.objects.filter(key="a1").exists()
