"""Tables and JSON as other systems write them."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from ventanilla.lib.imports import UnreadableFile, WrongMapping
from ventanilla.operations.imports import columns
from ventanilla.operations.imports.columns import Record
from ventanilla.operations.imports.mapping import Mapping
from ventanilla.operations.imports.reading import Fault, Source

Found = list[Record | Fault]


def read(path: Path, fields: dict[str, str] | None = None, **how: Any) -> Found:
    mapping = Mapping(what="cases", fields=fields or {}, **how)
    return list(Source(path, mapping).records(mapping.fields))


def cells(found: Found) -> list[dict[str, Any]]:
    return [dict(each.cells) for each in found if isinstance(each, Record)]


def faults(found: Found) -> dict[int, str]:
    return {each.number: each.reason for each in found if isinstance(each, Fault)}


def file(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    data = content.encode() if isinstance(content, str) else content
    path.write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
    return path


@pytest.mark.parametrize("name", ["a.csv", "a.csv.gz", "a.txt"])
def test_quoted_commas_newlines_and_quotes(tmp_path: Path, name: str) -> None:
    said = 'id,texto\r\n1,"Hay un bache, grande\nfrente a ""La Flor"""\r\n\r\n2,😀\r\n'
    found = cells(read(file(tmp_path, name, said)))
    assert found == [{"id": "1", "texto": 'Hay un bache, grande\nfrente a "La Flor"'}, {"id": "2", "texto": "😀"}]


def test_a_mark_at_the_beginning_is_no_letter(tmp_path: Path) -> None:
    assert cells(read(file(tmp_path, "a.csv", b"\xef\xbb\xbfid\n1\n"))) == [{"id": "1"}]


def test_another_encoding_and_separator(tmp_path: Path) -> None:
    path = file(tmp_path, "a.csv", "id;colonia\n1;Peñón\n".encode("cp1252"))
    assert cells(read(path, encoding="cp1252", delimiter=";")) == [{"id": "1", "colonia": "Peñón"}]


def test_rows_that_cannot_be_read_are_said_and_the_others_come(tmp_path: Path) -> None:
    long = b'4,"' + b"x" * 1_100_000 + b'"\n'
    found = read(file(tmp_path, "a.csv", b"id,texto\n1,bien\n2,mal\xf1o\n3,una,dos\n" + long + b"5,bien\n"))
    assert [row["id"] for row in cells(found)] == ["1", "5"]
    assert "utf-8" in faults(found)[2]
    assert "3 columnas" in faults(found)[3]
    assert set(faults(found)) == {2, 3, 4}


def test_a_repeated_heading_gets_a_number(tmp_path: Path) -> None:
    assert cells(read(file(tmp_path, "a.csv", "nombre,nombre\na,b\n"))) == [{"nombre": "a", "nombre (2)": "b"}]


def test_columns_that_are_not_there_are_named_with_those_that_are(tmp_path: Path) -> None:
    path = file(tmp_path, "a.csv", "id,texto\n")
    with pytest.raises(WrongMapping, match=r"calle.*Tiene: id, texto"):
        read(path, {"address": "{calle} {id}", "key": "id", "procedure": "=bache"})


def test_an_empty_file_has_no_columns(tmp_path: Path) -> None:
    with pytest.raises(WrongMapping, match="id"):
        read(file(tmp_path, "a.csv", ""), {"key": "id"})


def test_an_encoding_that_does_not_exist(tmp_path: Path) -> None:
    with pytest.raises(WrongMapping, match="klingon"):
        read(file(tmp_path, "a.csv", "id\n1\n"), encoding="klingon")


def test_the_form_is_guessed_or_said(tmp_path: Path) -> None:
    path = file(tmp_path, "export.dat", "id\n1\n")
    with pytest.raises(WrongMapping, match=r"export\.dat"):
        read(path)
    assert cells(read(path, format="csv")) == [{"id": "1"}]


def test_a_file_cut_short_says_after_which_row(tmp_path: Path) -> None:
    whole = gzip.compress(("id\n" + "\n".join(str(n * 7919) for n in range(50_000))).encode())
    path = tmp_path / "a.csv.gz"
    path.write_bytes(whole[: len(whole) // 2])
    source = Source(path, Mapping(what="cases", fields={}))
    with pytest.raises(UnreadableFile, match="cortado"):
        list(source.records({}))
    assert source.done > 1000


def test_what_is_not_compressed_is_said(tmp_path: Path) -> None:
    path = tmp_path / "a.csv.gz"
    path.write_text("id\n1\n")
    with pytest.raises(UnreadableFile, match="dañado"):
        read(path)


# JSON


def lines(*each: Any) -> str:
    return "\n".join(json.dumps(one) for one in each)


def test_json_lines(tmp_path: Path) -> None:
    found = read(file(tmp_path, "a.jsonl", lines({"id": 1}) + "\n\n{rota\n[1]\n" + lines({"id": 2})))
    assert cells(found) == [{"id": 1}, {"id": 2}]
    assert set(faults(found)) == {2, 3}
    assert "JSON" in faults(found)[2]


def test_lists_inside_lines_are_numbered_through(tmp_path: Path) -> None:
    said = lines({"at": "lunes", "response": [{"id": 1}, {"id": 2}]}, {"at": "martes"}, {"response": [{"id": 4}, 5]})
    found = read(file(tmp_path, "a.jsonl.gz", said), records="response")
    assert [each.number for each in found] == [1, 2, 3, 4, 5]
    assert set(faults(found)) == {3, 5}
    assert isinstance(found[0], Record)
    assert columns.reader("/at")(found[0]) == "lunes"


@pytest.mark.parametrize(("said", "records"), [([{"id": 1}], ""), ({"data": {"all": [{"id": 1}]}}, "data.all")])
def test_a_whole_document(tmp_path: Path, said: Any, records: str) -> None:
    assert cells(read(file(tmp_path, "a.json", json.dumps(said)), records=records)) == [{"id": 1}]


def test_a_document_that_is_no_json_is_said(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="JSON"):
        read(file(tmp_path, "a.json", "[1, 2"))


def test_columns_that_hold_json(tmp_path: Path) -> None:
    path = file(tmp_path, "a.csv", 'foto,barrios\n"""https://x.example/1""",[211]\n,\nmal,[1]\n')
    found = read(path, json_columns=["foto", "barrios"])
    assert cells(found) == [{"foto": "https://x.example/1", "barrios": [211]}, {"foto": "", "barrios": ""}]
    assert "foto" in faults(found)[3]


# The language of columns

RECORD = Record(
    1,
    {"id": 7, "calle": " Mayor ", "altura": 3, "status": {"id": "x", "at": None}, "a.b": "con punto", "tags": ["a\0b"]},
    {"captured": {"at": "hoy"}},
)


@pytest.mark.parametrize(
    ("how", "text"),
    [
        ("id", "7"),
        ("calle", "Mayor"),
        ("{calle} {altura}", "Mayor 3"),
        ("{calle} {piso}", "Mayor"),
        ("=siempre {así}", "siempre {así}"),
        ("=", ""),
        ("status.id", "x"),
        ("status.at", ""),
        ("status.no.hay", ""),
        ("calle.no", ""),
        ("a.b", "con punto"),
        ("/captured.at", "hoy"),
        ("status", ""),
        ("tags", ""),
    ],
)
def test_the_language_of_columns(how: str, text: str) -> None:
    assert columns.reader(how)(RECORD) == text


def test_what_is_kept_as_delivered_keeps_its_shape_without_what_no_database_stores() -> None:
    assert columns.raw_reader("tags")(RECORD) == ["ab"]
    assert columns.raw_reader("id")(RECORD) == "7"
    assert columns.text("a\0\ud83d") == "a?"
    assert columns.clean({"a\0": [True, None, 1.5, "\0"]}) == {"a": [True, None, 1.5, ""]}


@pytest.mark.parametrize(("held", "text"), [(True, "true"), (False, "false"), (None, ""), (40.4275, "40.4275")])
def test_values_of_json_as_text(held: Any, text: str) -> None:
    assert columns.text(held) == text
