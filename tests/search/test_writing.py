"""Keeping the index."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.search.conftest import EVERYTHING, Indexer
from ventanilla.lib import clock
from ventanilla.search import actions, jobs, registry, vocabulary
from ventanilla.search.engine import engine
from ventanilla.search.models import SearchDocument, SearchWord, WordCount
from ventanilla.search.queries import find
from ventanilla.search.rules import Document

AT = datetime(2026, 11, 25, tzinfo=UTC)
BACHE = Document(kind="case", uuid="u", title="Bache", at=AT, text="profundo", department_id=1)


def found(text: str) -> list[str]:
    return [hit.uuid for hit in find(text, EVERYTHING).hits]


@pytest.mark.django_db
def test_what_is_indexed_again_takes_the_place_of_its_former_self() -> None:
    actions.index(BACHE)
    first = SearchDocument.objects.get().pk
    actions.index(replace(BACHE, title="Hundimiento", text="", department_id=None))
    assert SearchDocument.objects.get().pk == first
    assert found("bache ") == found("profundo ") == []
    hit = find("hundimiento", EVERYTHING).hits[0]
    assert (hit.title, hit.department_id, hit.at) == ("Hundimiento", None, AT)


@pytest.mark.django_db
def test_what_is_removed_is_found_no_more() -> None:
    actions.index(BACHE)
    actions.remove("case", "u")
    actions.remove("case", "never there")
    assert found("bache ") == []


@pytest.mark.django_db
@pytest.mark.parametrize("times", [1, 2])
def test_indexing_takes_at_most_two_statements(times: int) -> None:
    for _ in range(times):
        with transaction.atomic(), CaptureQueriesContext(connection) as statements:
            actions.index(BACHE)
    sql = [q["sql"] for q in statements if not q["sql"].startswith(("SAVEPOINT", "RELEASE"))]
    assert len(sql) == (2 if connection.vendor == "sqlite" else 1)


@pytest.mark.django_db
def test_many_are_indexed_a_thousand_at_a_time_and_the_last_of_two_counts() -> None:
    many = [replace(BACHE, uuid=str(number), title=f"Bache {number}") for number in range(1_500)]
    assert actions.index_many([*many, replace(BACHE, uuid="1499", title="Otro")]) == 1_501
    assert SearchDocument.objects.count() == 1_500
    assert found("otro ") == ["1499"]
    assert find("bache ", EVERYTHING, limit=3).hits[0].uuid == "1498"


@pytest.mark.django_db
def test_it_is_undone_with_its_transaction() -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():  # noqa: PT012
        actions.index(BACHE)
        _ = 1 / 0
    assert found("bache ") == []
    assert not engine().contains("bache")


@pytest.mark.django_db
def test_a_document_deleted_by_whoever_takes_its_words_along() -> None:
    actions.index(BACHE)
    SearchDocument.objects.all().delete()
    assert not engine().contains("bache")


@pytest.mark.django_db
def test_a_rebuild_keeps_places_adds_what_was_missing_and_drops_what_is_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    kept, gone, new = (replace(BACHE, uuid=uuid) for uuid in ("kept", "gone", "new"))
    other = replace(BACHE, kind="person", uuid="other")
    for document in (kept, gone, other):
        actions.index(document)
    place = SearchDocument.objects.get(uuid="kept").pk
    monkeypatch.setitem(registry.sources._items, "case", lambda: [kept, new])
    assert actions.rebuild("case") == 2
    assert set(SearchDocument.objects.values_list("uuid", flat=True)) == {"kept", "new", "other"}
    assert SearchDocument.objects.get(uuid="kept").pk == place


@pytest.mark.django_db
def test_a_rebuild_of_what_nobody_registered_is_an_error() -> None:
    with pytest.raises(KeyError):
        actions.rebuild("nothing")


def test_words_are_counted_in_documents_not_in_times(indexed: Indexer) -> None:
    indexed("Bache", text="bache bache 8888-7777")
    indexed("Bache", text="de la 2026")
    assert vocabulary.count() == 1
    assert SearchWord.objects.values_list("word", "count").get() == ("bache", 2)


def test_counting_again_follows_the_index(indexed: Indexer) -> None:
    uuid = indexed("Bache")
    vocabulary.count()
    indexed("Luminaria", uuid=uuid)
    indexed("Luminaria")
    vocabulary.count()
    assert dict(SearchWord.objects.values_list("word", "count")) == {"luminaria": 2}


def test_words_are_counted_anew_only_when_the_index_has_grown(indexed: Indexer, still_clock: datetime) -> None:
    assert vocabulary.is_stale()
    for _ in range(40):
        indexed("Bache")
    jobs.count_words.func()
    newest = WordCount.objects.get().last_document
    assert not vocabulary.is_stale()
    WordCount.objects.update(last_document=newest - newest // 25)
    assert not vocabulary.is_stale()
    WordCount.objects.update(last_document=newest - newest // 15)
    assert vocabulary.is_stale()


def test_words_are_counted_anew_once_a_day(indexed: Indexer, still_clock: datetime) -> None:
    indexed("Bache")
    vocabulary.count()
    with clock.at(still_clock + timedelta(hours=23)):
        assert not vocabulary.is_stale()
    with clock.at(still_clock + timedelta(hours=25)):
        assert vocabulary.is_stale()


SECRET = "zyxwvutsrqponm"


def _everything_stored() -> str:
    """All bytes of the database on SQLite; on PostgreSQL, all rows and the words in them."""
    if connection.vendor == "sqlite":
        return connection.connection.serialize().decode("latin-1")  # type: ignore[no-any-return]
    with connection.cursor() as cursor:
        cursor.execute("SELECT d::text FROM search_searchdocument d UNION ALL SELECT w::text FROM search_searchword w")
        return "\n".join(row[0] for row in cursor.fetchall())


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("way", ["removed", "overwritten"])
def test_what_is_erased_leaves_no_trace(way: str) -> None:
    others = [replace(BACHE, uuid=str(n), text=f"profundo {n}") for n in range(50)]
    actions.index_many(others)
    personal = replace(BACHE, text=f"{SECRET} vecina", snippet=SECRET)
    actions.index(personal)
    vocabulary.count()
    assert SECRET[1:] in _everything_stored()
    if way == "removed":
        actions.remove("case", "u")
    else:
        actions.index(BACHE, erasing=True)
    jobs.forget_erased.func()
    assert SECRET[1:] not in _everything_stored()
    assert not SearchWord.objects.filter(word__in=[SECRET, "vecina"]).exists()
    assert SearchWord.objects.filter(word="profundo", is_suspect=False).exists()
    assert len(found("profundo ")) >= 50


@pytest.mark.django_db
def test_a_job_to_forget_is_left_where_something_was_removed() -> None:
    from ventanilla.jobs.models import Job

    actions.index(BACHE)
    assert not Job.objects.exists()
    actions.remove("case", "u")
    assert Job.objects.get().task == "ventanilla.search.jobs.forget_erased"
