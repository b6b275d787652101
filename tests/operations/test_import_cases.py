"""Rows of other systems become cases, or are said to be none."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.cast import LAT, LON, Cast
from tests.cast import standing as cast
from tests.operations.imports import CASES, bring, ready
from ventanilla.audit.models import TrailEntry
from ventanilla.cases.models import Case
from ventanilla.catalog.models import Procedure
from ventanilla.lib.imports import ImportReport, WrongMapping

__all__ = ["cast"]


@pytest.fixture
def imported(cast: Cast, tmp_path: Path) -> Any:
    """Imports a table with a mapping: `imported("id,fecha\\n…", CASES)`."""

    def run(table: str, mapping: str = CASES) -> ImportReport:
        (tmp_path / "a.csv").write_text(table, encoding="utf-8")
        (tmp_path / "a.toml").write_text(mapping, encoding="utf-8")
        return bring("cases", tmp_path / "a.csv", tmp_path / "a.toml")

    return run


def reasons(report: ImportReport) -> dict[int, str]:
    return {each.row: each.reason for each in report.rejected}


HEAD = "id,fecha,texto\n"


def test_a_table_becomes_cases(imported: Any) -> None:
    report = imported(HEAD + '1,2023-05-04T10:00:00Z,"Apagado,\ny roto 😀"\n2,2023-05-05,\n')
    assert (report.created, report.rejected) == (2, [])
    case = Case.objects.get(source_key="1")
    assert (case.source, case.description) == ("avisos", "Apagado,\ny roto 😀")
    assert case.events.get().by == "import:avisos"


def test_an_import_that_changed_something_is_in_the_trail(imported: Any) -> None:
    for _time in range(2):
        imported(HEAD + "1,2023-05-04,a\n2,nunca,b\n")
    entry = TrailEntry.objects.get(chain="imports")
    assert entry.data == {
        "what": "cases", "source": "avisos", "file": "a.csv", "created": 1, "updated": 0, "rejected": 1
    }  # fmt: skip


DATES = 'dates = ["iso", "%d/%m/%Y %H:%M", "unix"]\n' + CASES


@pytest.mark.parametrize(
    ("said", "moment"),
    [
        ("2021-06-11T17:33:33+0000", (2021, 6, 11, 17, 33, 33)),
        ("2021-06-11T17:33:33+00:00", (2021, 6, 11, 17, 33, 33)),
        ("2021-06-11T17:33:33Z", (2021, 6, 11, 17, 33, 33)),
        ("2021-06-11T17:33:33", (2021, 6, 11, 23, 33, 33)),
        ("2021-06-11", (2021, 6, 11, 6)),
        ("11/06/2021 08:05", (2021, 6, 11, 14, 5)),
        ("1623432813", (2021, 6, 11, 17, 33, 33)),
    ],
)
def test_forms_of_dates(imported: Any, said: str, moment: tuple[int, ...]) -> None:
    assert imported(f"{HEAD}1,{said},\n", DATES).rejected == []
    assert Case.objects.get().filed_at == datetime(*moment, tzinfo=UTC)  # type: ignore[arg-type, misc]


def test_the_zone_of_dates_without_one(imported: Any) -> None:
    imported(HEAD + "1,2021-07-01T10:00:00,\n", 'time_zone = "Europe/Madrid"\n' + CASES)
    assert Case.objects.get().filed_at == datetime(2021, 7, 1, 8, tzinfo=UTC)


@pytest.mark.parametrize("said", ["", "ayer", "2023-02-30", "1889-05-04", "2999-01-01", "9" * 40])
def test_dates_that_cannot_be(imported: Any, said: str) -> None:
    report = imported(f"{HEAD}1,{said},\n2,2023-05-04,\n", DATES)
    assert (report.created, set(reasons(report))) == (1, {1})
    assert "fecha" in reasons(report)[1]


def test_keys_that_cannot_be(imported: Any) -> None:
    report = imported(f"{HEAD},2023-05-04,\n{'x' * 101},2023-05-04,\n3,2023-05-04,{'x' * 20_001}\n")
    assert set(reasons(report)) == {1, 2, 3}
    assert all(len(each.key) <= 100 for each in report.rejected)


PLACED = CASES.replace("[fields]", '[fields]\nlon = "x"\nlat = "y"\naddress = "{calle} {n}"')
PLACED_HEAD = "id,fecha,texto,x,y,calle,n\n"


def test_points_with_comma_or_point_and_places_without(imported: Any) -> None:
    comma = f'1,2023-05-04,,"{LON}","{LAT}",Calle 3,25\n'.replace(".", ",")
    report = imported(PLACED_HEAD + comma + "2,2023-05-04,,,,Calle 4,\n", PLACED)
    assert report.rejected == []
    first, second = Case.objects.order_by("source_key")
    assert (first.lon, first.lat, first.place_label) == (LON, LAT, "Calle 3 25")
    assert (second.lon, second.place_label) == (None, "Calle 4")


@pytest.mark.parametrize(
    ("x", "y"), [("oeste", "9"), ("-84", "N9"), ("-184", "9"), ("nan", "9"), ("440720", "4473000")]
)
def test_points_that_cannot_be(imported: Any, x: str, y: str) -> None:
    report = imported(f"{PLACED_HEAD}1,2023-05-04,,{x},{y},,\n", PLACED)
    assert "coordenadas" in reasons(report)[1].lower()


STATES = CASES + 'state = "estado"\nclosed_at = "fin"\n\n[values.state]\nabierto = "in_progress"\n'


def test_states_are_translated_and_an_unknown_one_is_said(imported: Any) -> None:
    table = "id,fecha,texto,estado,fin\n1,2023-05-04,,abierto,\n2,2023-05-04,,otro,\n3,2023-05-04,,,\n"
    report = imported(table, STATES)
    assert set(reasons(report)) == {2, 3}
    assert Case.objects.get().state == "in_progress"
    assert imported(table, STATES + '"*" = "resolved"\n').created == 2
    assert Case.objects.filter(state="resolved").count() == 2


def test_channels_in_our_own_words_need_no_table(imported: Any) -> None:
    report = imported(HEAD + "1,2023-05-04,phone\n2,2023-05-04,paloma\n", CASES + 'channel = "texto"\n')
    assert Case.objects.get().channel == "phone"
    assert "paloma" in reasons(report)[2]


def test_types_that_were_renamed_are_one(imported: Any) -> None:
    renamed = CASES.replace('"=bombillo-quemado"', '"texto"') + '\n[values.procedure]\nfoco = "bombillo-quemado"\n'
    report = imported(HEAD + "1,2023-05-04,foco\n2,2023-05-04,bombillo-quemado\n3,2023-05-04,luz\n", renamed)
    assert (report.created, set(reasons(report))) == (2, {3})


def test_what_is_kept_as_delivered(imported: Any) -> None:
    imported(HEAD + "1,2023-05-04,Tal cual\n", CASES + '\n[external]\nservice = "texto"\nempty = "=" \n')
    assert Case.objects.get().external == {"service": "Tal cual"}


def test_rejections_come_in_the_order_of_the_file(imported: Any) -> None:
    report = imported(HEAD + "1,nunca,\n2,2023-05-04,a,b\n1,2023-05-04,\n1,2023-05-04,\n", CASES)
    assert list(reasons(report)) == [1, 2, 4]


WRONG = [
    ("what = [", "TOML"),
    ('what = "services"', "es para «services»"),
    (CASES.replace('key = "id"\n', ""), "key"),
    (CASES + 'colour = "texto"\n', "colour"),
    (CASES + "\n[values.colour]\n", "colour"),
    (CASES.replace('"avisos"', '""'), "source"),
    (CASES.replace('"avisos"', f'"{"x" * 41}"'), "source"),
    ('color = "rojo"\n' + CASES, "color"),
    ("update = true\n" + CASES, "seen_at"),
    ('delimiter = "<>"\n' + CASES, "delimiter"),
    (CASES + '\n[external]\nseen_at = "fecha"\n', "seen_at"),
    ('time_zone = "Marte/Olimpo"\n' + CASES, "Marte/Olimpo"),
    (CASES + '\n[values.state]\nx = "dormido"\n', "dormido"),
    ('outside = "quemar"\n' + CASES, "quemar"),
    (CASES.replace('"fecha"', '"dia"'), "dia"),
    (CASES + '\n[[types]]\nkey = "x"\nname = "X"\ngroup = "nada"\n', "nada"),
    (CASES + '\n[groups.g]\nname = "G"\ndepartment = "nada"\n[[types]]\nkey = "x"\nname = "X"\ngroup = "g"\n', "nada"),
    (
        CASES + '\n[departments]\nd = "D"\n[groups.g]\nname = "G"\ndepartment = "d"\n[[types]]\nkey = "x"\nname = "X"'
        '\ngroup = "g"\nneeds_document = true\n',
        "«x»: Ninguna norma pide identificarse para esto: aviso de servicio",
    ),
]


@pytest.mark.parametrize(("mapping", "about"), WRONG)
def test_a_wrong_mapping_is_said_before_anything_enters(imported: Any, mapping: str, about: str) -> None:
    with pytest.raises(WrongMapping, match=about):
        imported(HEAD + "1,2023-05-04,\n", mapping)
    assert not Case.objects.exists()


def test_types_that_a_mapping_brings_along_are_made_once(cast: Cast, tmp_path: Path) -> None:
    table = "latitude,longitude,date,neighborhoods,material,description,id,atendido\n"
    row = '{},{},2021-10-04,[74],1,"C. SOLICITA BACHEO,\n EN MALAS CONDICIONES",{},{}\n'
    (tmp_path / "a.csv").write_text(table + row.format(LAT, LON, 7, "TRUE") + row.format(LAT, LON + 1, 8, "FALSE"))
    for _time in range(2):
        report = bring("cases", tmp_path / "a.csv", ready("hermosillo-baches"))
    assert (report.created, report.unchanged, report.rejected) == (0, 2, [])
    mended, open_one = Case.objects.order_by("source_key")
    assert (mended.state, mended.closed_at, open_one.state) == ("resolved", mended.filed_at, "received")
    assert mended.external == {"attended": "TRUE", "neighborhoods": [74], "material": "1"}
    assert mended.procedure.department.name == "Obras y calles"
    assert Procedure.objects.filter(key="bache").count() == 1
    # Midnight in Hermosillo, which is seven hours behind.
    assert mended.filed_at == datetime(2021, 10, 4, 7, tzinfo=UTC)
