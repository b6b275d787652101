"""`./ventanilla import`, as people type it, in a process of its own."""

from __future__ import annotations

import csv
import json
import signal
import subprocess
import tomllib
from pathlib import Path

import pytest

from tests.operations.conftest import Installation
from tests.operations.imports import ready
from ventanilla.lib.imports import ImportOrder
from ventanilla.operations.console import Bar
from ventanilla.operations.imports import mapping

MAPPING = ready("hermosillo-baches")
KINDS: dict[str, type[mapping.Mapping]] = {"cases": mapping.CaseMapping, "services": mapping.ServiceMapping}
HEAD = "latitude,longitude,date,neighborhoods,material,description,id,atendido\n"


def table(folder: Path, count: int, extra: str = "") -> Path:
    row = '29.09,-110.{n:05d},2021-10-18,[{n}],1,"Bache {n},\ngrande",{n},FALSE\n'
    path = folder / "baches.csv"
    path.write_text(HEAD + "".join(row.format(n=n) for n in range(1, count + 1)) + extra, encoding="utf-8")
    return path


def complained(ended: subprocess.CompletedProcess[str], about: str) -> bool:
    said = ended.stderr
    return ended.returncode == 1 and about in said and "Qué hacer: " in said and "Traceback" not in said


def test_what_is_wrong_is_said_with_what_to_do(installed: Installation, tmp_path: Path) -> None:
    path = table(tmp_path, 1)
    assert complained(installed.run("import", "cases", str(tmp_path / "no.csv")), "No existe el archivo")
    assert complained(installed.run("import", "cases", str(path)), "--mapping")
    assert complained(installed.run("import", "cases", str(path), "--mapping", "nada"), "hermosillo-baches")
    assert complained(
        installed.run("import", "cases", str(path), "--mapping", "madrid-avisos"), "faltan estas columnas"
    )
    assert complained(installed.run("import", "zones", str(path), "--mapping", "madrid-barrios"), "cartodb_id")
    assert complained(installed.run("import", "zones", str(path), "--mapping", "madrid-avisos"), "no para «zones»")


def test_a_town_in_three_files(installed: Installation, tmp_path: Path) -> None:
    ring = [[-111.1, 29.0], [-109.5, 29.0], [-109.5, 29.3], [-111.1, 29.3], [-111.1, 29.0]]
    zone = {"type": "Polygon", "coordinates": [ring]}
    feature = {"type": "Feature", "properties": {"id": "1", "n": "Centro"}, "geometry": zone}
    (tmp_path / "z.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    (tmp_path / "z.toml").write_text('what = "zones"\n[fields]\nkey = "id"\nname = "n"\nkind = "=district"\n')
    (tmp_path / "l.csv").write_text("nombre,x,y\nLa iglesia,-110.9,29.1\n,-110.9,29.1\n")
    (tmp_path / "l.toml").write_text('what = "landmarks"\n[fields]\nname = "nombre"\nlon = "x"\nlat = "y"\n')
    zones = installed.run("import", "zones", str(tmp_path / "z.geojson"), "--mapping", str(tmp_path / "z.toml"))
    places = installed.run("import", "landmarks", str(tmp_path / "l.csv"), "--mapping", str(tmp_path / "l.toml"))
    cases = installed.run("import", "cases", str(table(tmp_path, 3)), "--mapping", "hermosillo-baches")
    assert zones.stdout == "Nuevas: 1  Cambiadas: 0  Iguales: 0\n", zones.stderr
    assert places.stdout.startswith("Nuevas: 1  Cambiadas: 0  Iguales: 0\nRechazadas: 1,"), places.stderr
    assert cases.stdout == "Nuevas: 3  Cambiadas: 0  Iguales: 0\n", cases.stderr
    count = "from ventanilla.cases.models import Case; print(Case.objects.filter(district__name='Centro').count())"
    assert installed.answer(count) == "3"


CATALOGUE = """
what = "services"
title = "catalogo-de-antes"
update = true

[fields]
key = "codigo"
name = "nombre"
group = "grupo"
nature = "clase"

[values.nature]
Aviso = "service_notice"
Queja = "complaint"

[departments]
bridges = "Puentes y muros"

[groups.puentes]
name = "Puentes"
department = "bridges"
"""
BROUGHT = """
from ventanilla.catalog.models import Procedure
for each in Procedure.objects.filter(key__startswith="p").filter(service__key="puentes").order_by("key"):
    print(each.key, each.name, each.nature, each.department.name, each.words, sep="|")
"""


def test_a_catalogue_by_its_command(installed: Installation, tmp_path: Path) -> None:
    """New, brought again, and with a name changed at the source; what is no type is written with its reason."""
    path = tmp_path / "catalogo.csv"
    (tmp_path / "c.toml").write_text(CATALOGUE, encoding="utf-8")
    rows = "codigo,nombre,grupo,clase\np-1,Baranda rota,puentes,Aviso\np-2,Obra sin aviso,puentes,Queja\np-3,X,otro,\n"
    command = ["import", "services", str(path), "--mapping", str(tmp_path / "c.toml")]
    path.write_text(rows, encoding="utf-8")
    told = [installed.run(*command).stdout for _time in range(2)]
    path.write_text(rows.replace("Baranda rota", "Baranda dañada"), encoding="utf-8")
    told.append(installed.run(*command).stdout)
    assert [each.splitlines()[0] for each in told] == [
        "Nuevas: 2  Cambiadas: 0  Iguales: 0",
        "Nuevas: 0  Cambiadas: 0  Iguales: 2",
        "Nuevas: 0  Cambiadas: 1  Iguales: 1",
    ]
    assert all("1 × No hay [groups.otro] en la correspondencia. (la primera, la fila 3)" in each for each in told)
    assert installed.answer(BROUGHT).splitlines() == [
        "p-1|Baranda dañada|service_notice|Puentes y muros|['Baranda rota']",
        "p-2|Obra sin aviso|complaint|Puentes y muros|[]",
    ]
    with (installed.data / "imports" / "services-catalogo.csv.rechazadas.csv").open(encoding="utf-8") as file:
        assert list(csv.reader(file))[1:] == [["3", "p-3", "No hay [groups.otro] en la correspondencia."]]


def test_a_catalogue_whose_mapping_is_wrong_changes_nothing(installed: Installation, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("codigo,nombre,grupo,clase\np-1,Baranda rota,puentes,Aviso\n", encoding="utf-8")
    (tmp_path / "c.toml").write_text(CATALOGUE.replace('bridges = "', 'walls = "'), encoding="utf-8")
    command = ["import", "services", str(tmp_path / "a.csv"), "--mapping", str(tmp_path / "c.toml")]
    assert complained(installed.run(*command), "Falta en [departments] el nombre de: bridges")
    assert installed.answer(BROUGHT) == ""


def test_rejected_rows_are_written_in_the_data_folder_with_their_reasons(
    installed: Installation, tmp_path: Path
) -> None:
    extra = '29.09,-110.9,ayer,[1],1,"Un texto de alguien",901,TRUE\n29.09,oeste,2021-10-18,[1],1,x,902,TRUE\n'
    extra += '29.09,-110.9,anteayer,"[1]",1,y,903,TRUE\n'
    command = ["import", "cases", str(table(tmp_path, 2, extra)), "--mapping", "hermosillo-baches"]
    said = installed.run(*command)
    path = installed.data / "imports" / "cases-baches.csv.rechazadas.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0] == ["fila", "clave", "razón"]
    assert [row[:2] for row in rows[1:]] == [["3", "901"], ["4", "902"], ["5", "903"]]
    assert "alguien" not in path.read_text(encoding="utf-8")
    assert f"Rechazadas: 3, con su razón en {path}" in said.stdout
    assert "1 × Las coordenadas no se entienden. (la primera, la fila 4)" in said.stdout
    table(tmp_path, 2)
    assert installed.run(*command).returncode == 0
    assert not path.exists()


KILLED = """
import signal
from argparse import Namespace
from pathlib import Path
from ventanilla.cases.actions import bulk
from ventanilla.operations import import_file
bulk.BATCH = 100
index_many, calls = bulk.index_many, []
def dies(documents):
    done = index_many(documents)
    calls.append(done)
    if len(calls) == 3:
        os.kill(os.getpid(), signal.SIGKILL)  # all is written and nothing committed
    return done
bulk.index_many = dies
import_file.run(Namespace(what="cases", file=Path(sys.argv[1]), mapping=Path("hermosillo-baches"), rejected=None))
"""
COUNTS = """
from ventanilla.audit.verification import verify_all
from ventanilla.cases.models import Case, Event
from ventanilla.search.models import SearchDocument
report = verify_all()
print(Case.objects.count(), Case.objects.values("source_key").distinct().count(), Event.objects.count(),
      SearchDocument.objects.filter(kind="case").count(), max(Case.objects.values_list("reference"))[0][:11],
      report.is_clean)
"""


def test_killed_in_the_middle_and_run_again_it_is_as_if_nothing_had_happened(
    installed: Installation, tmp_path: Path
) -> None:
    path = table(tmp_path, 450)
    killed = installed.python(KILLED, str(path))
    killed.communicate(timeout=120)
    assert killed.returncode == -signal.SIGKILL
    assert installed.answer(COUNTS) == "200 200 200 200 2021-000200 True"
    said = installed.run("import", "cases", str(path), "--mapping", "hermosillo-baches")
    assert said.stdout == "Nuevas: 250  Cambiadas: 0  Iguales: 200\n", said.stderr
    assert installed.answer(COUNTS) == "450 450 450 450 2021-000450 True"


@pytest.mark.parametrize("name", mapping.ready())
def test_a_mapping_that_comes_along_is_sound(name: str) -> None:
    what = str(tomllib.loads(ready(name).read_text(encoding="utf-8"))["what"])
    order = ImportOrder(Path("x"), ready(name), lambda done, total: None)
    assert mapping.raw(order, what)["title"]
    if what in KINDS:
        mapping.load(order, what, KINDS[what])


def test_the_bar_tells_how_much_how_fast_and_how_long_still() -> None:
    bar = Bar("filas")
    assert bar.line(500, 1000, 2.0) == "████████████░░░░░░░░░░░░  50 %  500 filas  250/s  faltan 0:02"
    assert bar.line(1000, 1000, 4.0).endswith("100 %  1\u202f000 filas  250/s  en 4.0 s")
    assert bar.line(7, None, 1.0) == "7 filas  7/s"
    assert bar.line(0, 0, 0.0) == "0 filas  0/s"
