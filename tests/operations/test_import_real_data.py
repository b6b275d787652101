"""The open data of Madrid and Hermosillo, where they are: counted here as others counted them."""

from __future__ import annotations

import csv
import gzip
import json
import os
from collections import Counter
from datetime import UTC
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from tests.cast import make_cast
from tests.operations.imports import bring, ready, shared
from ventanilla.audit.actions import verify_all
from ventanilla.cases.models import Case, Event
from ventanilla.catalog.models import Procedure
from ventanilla.notifications.models import Message
from ventanilla.places import geocode
from ventanilla.places.models import Address, Parcel, Zone

A = ("madrid_avisos", "avisos_A_2021-06_2022-02.csv.gz")
B = ("madrid_avisos", "avisos_B_2023-04_2023-07.csv.gz")
POLLS = ("madrid_avisos", "raw_api_polls_2023-06-12.jsonl.gz")
EXPECTED = ("madrid_avisos", "expected_B_2023-04_2023-07.json")


@pytest.fixture
def madrid(db: None) -> None:
    """Districts, barrios and catalogue of Madrid, far from the town of the cast."""
    files = [shared("zones", "madrid-districts.geojson"), shared("zones", "madrid.geojson")]
    catalogue = shared("madrid_avisos", "service_catalog.csv")
    make_cast()
    bring("zones", files[0], ready("madrid-districts"))
    bring("zones", files[1], ready("madrid-barrios"))
    bring("services", catalogue, ready("madrid-services"))


def first(path: Path, count: int, folder: Path) -> Path:
    """The first records of a table, in a file of its own. A record may take several lines."""
    cut = folder / path.name
    with gzip.open(path, "rt", encoding="utf-8", newline="") as whole, gzip.open(
        cut, "wt", encoding="utf-8", newline=""
    ) as part:  # fmt: skip
        csv.writer(part).writerows(islice(csv.reader(whole), count + 1))
    return cut


def everything() -> list[dict[str, Any]]:
    return list(Case.objects.order_by("pk").values())


def test_the_catalogue_has_76_types_under_79_names(madrid: None) -> None:
    made = Procedure.objects.filter(key__regex=r"^[0-9a-f]{24}$")
    assert made.count() == 76
    assert len({name for each in made for name in (each.name, *each.words)}) == 79
    again = bring("services", shared("madrid_avisos", "service_catalog.csv"), ready("madrid-services"))
    assert (again.created, again.updated, again.unchanged) == (0, 0, 79)


def test_a_slice_of_both_sets_enters_once(madrid: None, tmp_path: Path) -> None:
    """Both forms of date, both names of one type, emoji, repeated texts, points in no district."""
    paths = [first(shared(*parts), 1500, tmp_path) for parts in (A, B)]
    for path in paths:
        assert bring("cases", path, ready("madrid-avisos")).rejected == []
        before = everything()
        again = bring("cases", path, ready("madrid-avisos"))
        assert (again.created, again.updated, again.unchanged) == (0, 0, 1500)
        assert everything() == before
    assert Case.objects.count() == Event.objects.count() == 3000
    said = delivered(paths)
    assert {name: of for name, of in counts().items() if name in said} == said
    assert {"Horquillas delimitadoras", "Horquillas y banderines"} & set(said["by_service"])
    assert verify_all().is_clean
    assert not Message.objects.exists()


def delivered(paths: list[Path]) -> dict[str, dict[str, int]]:
    """What the files themselves say of their records, counted with nothing of ours."""
    found = {name: Counter[str]() for name in ("by_month", "by_service", "by_status_node_type", "by_typology")}
    for path in paths:
        with gzip.open(path, "rt", encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                found["by_month"][row["requested_datetime"][:7]] += 1
                found["by_service"][row["service_name"]] += 1
                found["by_status_node_type"][row["status_node_type"]] += 1
                found["by_typology"][row["typology"]] += 1
    return {name: dict(counted) for name, counted in found.items()}


def test_forty_polls_leave_656_notices(madrid: None) -> None:
    report = bring("cases", shared(*POLLS), ready("madrid-polls"))
    assert (report.created, report.read, report.rejected) == (656, 4000, [])
    assert Case.objects.count() == 656
    with gzip.open(shared(*POLLS), "rt", encoding="utf-8") as lines:
        last = {each["token"]: each["status_node_type"] for line in lines for each in json.loads(line)["response"]}
    states = {"middle_node": "in_progress", "final_ok_node": "resolved", "final_not_ok_node": "refused"}
    kept = dict(Case.objects.values_list("source_key", "state"))
    assert kept == {token: states[status] for token, status in last.items()}
    before = everything()
    assert bring("cases", shared(*POLLS), ready("madrid-polls")).unchanged == 4000
    assert everything() == before
    assert verify_all().is_clean


@pytest.mark.slow
@pytest.mark.sqlite
def test_set_b_is_counted_as_others_counted_it(madrid: None) -> None:
    report = bring("cases", shared(*B), ready("madrid-avisos"))
    assert (report.created, report.rejected) == (57_026, [])
    assert counts() == {name: of for name, of in json.loads(shared(*EXPECTED).read_text()).items() if name in counts()}


def counts() -> dict[str, dict[str, int]]:
    zones = dict(Zone.objects.values_list("pk", "name"))
    found: dict[str, Counter[str]] = {name: Counter() for name in (
        "by_month", "by_service", "by_status_node_type", "by_typology", "by_district_pip", "by_barrio_pip"
    )}  # fmt: skip
    cases = Case.objects.values_list("filed_at", "external", "district", "neighborhood")
    for filed_at, external, district, barrio in cases:
        found["by_month"][filed_at.astimezone(UTC).strftime("%Y-%m")] += 1
        found["by_service"][external["service_name"]] += 1
        found["by_status_node_type"][external["status"]] += 1
        found["by_typology"][external["typology"]] += 1
        found["by_district_pip"][zones.get(district, "None")] += 1
        found["by_barrio_pip"][zones.get(barrio, "None")] += 1
    return {name: dict(counted) for name, counted in found.items()}


@pytest.mark.slow
def test_set_a_enters_whole(madrid: None) -> None:
    if not os.environ.get("VENTANILLA_WHOLE_DATA"):
        pytest.skip("104,810 rows take a minute or two: set VENTANILLA_WHOLE_DATA=1")
    report = bring("cases", shared(*A), ready("madrid-avisos"))
    assert (report.created, report.rejected) == (104_810, [])
    assert verify_all().is_clean


@pytest.mark.slow
@pytest.mark.sqlite
def test_hermosillo_enters_whole(db: None) -> None:
    path = shared("hermosillo_baches", "baches_2021_2023.csv")
    make_cast()
    report = bring("cases", path, ready("hermosillo-baches"))
    assert (report.created, report.rejected) == (12_748, [])
    assert Counter(Case.objects.values_list("state", flat=True)) == {"resolved": 12_724, "received": 24}
    assert Case.objects.filter(description__contains="\n").count() > 100
    bay = Case.objects.filter(lon__lt=-111.9)
    assert bay.count() > 10  # Bahía de Kino, of the same municipality, 100 km away
    assert bring("cases", path, ready("hermosillo-baches")).unchanged == 12_748


def test_parcels_of_montevideo_bring_their_doors(db: None) -> None:
    path = shared("parcels_montevideo", "CENTRO.geojson")
    make_cast()
    report = bring("parcels", path, ready("montevideo-parcels"))
    assert (report.created, report.rejected) == (Parcel.objects.count(), [])
    assert Address.objects.count() == 6089
    found = geocode.placed("Yaguarón 1449 bis")
    assert (found.label, found.lon, found.lat) == ("YAGUARON 1449 BIS", -56.188285, -34.903936)
    again = bring("parcels", path, ready("montevideo-parcels"))
    assert (again.created, again.updated, again.unchanged) == (0, 0, report.created)


@pytest.mark.parametrize(
    ("file", "mapping", "count"),
    [
        (("zones", "CABA_comunas.geojson"), "caba-comunas", 15),
        (("zones_marginacion_monterrey", "colonias_mty.shp"), "monterrey-colonias", 895),
    ],
)
def test_zones_of_other_cities(db: None, file: tuple[str, ...], mapping: str, count: int) -> None:
    path = shared(*file)
    make_cast()
    report = bring("zones", path, ready(mapping))
    assert (report.created, report.rejected) == (count, [])
    assert bring("zones", path, ready(mapping)).unchanged == count
