"""A person is found by what they say of themselves; a protected one never."""

from __future__ import annotations

import pytest

from tests.cast import Cast
from tests.cast import standing as cast
from ventanilla.people import actions, finding, rules
from ventanilla.people.enums import ContactKind
from ventanilla.people.models import Person
from ventanilla.people.search import KIND, documents
from ventanilla.search import actions as search
from ventanilla.search.models import SearchDocument

__all__ = ["cast"]


@pytest.mark.parametrize(
    "typed",
    ["rosa", "Rosa Benit", "benítez rosa", "BENITES", "8888 1234", "88881234", "+506 8888-1234", "8888123",
     "rosa.benitez@correo.example", "1-0234-0567", "102340567"],
)  # fmt: skip
def test_a_person_is_found_by_name_telephone_mail_and_document(cast: Cast, typed: str) -> None:
    actions.add_document(person=cast.rosa, kind="national", number="1-0234-0567", by="system")
    search_words()
    assert finding.find(typed) == [cast.rosa]


@pytest.mark.parametrize("typed", ["benítez", "8888 1234", "zzz", ""])
def test_found_with_their_contacts_they_are_the_same_people(cast: Cast, typed: str) -> None:
    actions.register_person(by="system", name="Elena Benítez Mora")
    search_words()
    found = finding.find(typed)
    with_contacts = finding.find_with_contacts(typed)
    assert [person for person, _contacts in with_contacts] == found
    for person, contacts in with_contacts:
        assert contacts == list(person.contacts.order_by("pk").values_list("kind", "value"))


def search_words() -> None:
    from ventanilla.search import vocabulary

    vocabulary.count()


@pytest.mark.parametrize("typed", ["", " ", "12", "zzz", "rosa soto", '"; DROP TABLE', "%%%", "rosa" * 100])
def test_what_nobody_is_called_finds_nobody(cast: Cast, typed: str) -> None:
    assert finding.find(typed) == []


def test_a_protected_person_is_not_found_even_where_the_index_lags_behind(cast: Cast) -> None:
    Person.objects.filter(pk=cast.rosa.pk).update(is_protected=True)
    assert SearchDocument.objects.filter(kind=KIND).exists()
    assert finding.find("rosa") == finding.find_with_contacts("rosa") == []
    search.rebuild(KIND)
    assert not SearchDocument.objects.filter(kind=KIND).exists()


def test_a_protected_person_leaves_the_index_at_the_next_change(cast: Cast) -> None:
    cast.rosa.is_protected = True
    cast.rosa.save()
    actions.add_document(person=cast.rosa, kind="national", number="102340567", by="system")
    assert not SearchDocument.objects.filter(kind=KIND).exists()


def test_a_corrected_name_is_found_and_the_old_one_is_not(cast: Cast) -> None:
    actions.rename_person(person=cast.rosa, name="Luz Marina Soto Mora", by="system")
    assert finding.find("luz marina") == [cast.rosa]
    assert finding.find("rosa arias") == []
    assert finding.find("88881234") == [cast.rosa]


def test_a_joined_record_is_not_found_but_the_one_that_stands_for_both(cast: Cast) -> None:
    other = actions.register_person(by="system", name="Rosa Benitez", contacts=[(ContactKind.PHONE, "+50677776666")])
    assert set(finding.find("rosa")) == {cast.rosa, other}
    Person.objects.filter(pk=other.pk).update(canonical=cast.rosa)
    assert finding.find("rosa") == [cast.rosa]


def test_the_index_is_built_anew_from_the_records(cast: Cast) -> None:
    assert [each.uuid for each in documents()] == [str(cast.rosa.uuid)]
    search.remove(KIND, str(cast.rosa.uuid))
    assert finding.find("rosa") == []
    assert search.rebuild(KIND) == 1
    assert finding.find("rosa") == [cast.rosa]


def test_predicate_and_queryset_are_twins(cast: Cast) -> None:
    other = actions.register_person(by="system", name="Ana")
    Person.objects.filter(pk=other.pk).update(canonical=cast.rosa)
    hidden = actions.register_person(by="system", name="Eva")
    Person.objects.filter(pk=hidden.pk).update(is_protected=True)
    findable = set(Person.objects.findable())
    assert all((person in findable) == person.is_findable for person in Person.objects.all())
    assert findable == {cast.rosa}


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("8888-1234", rules.Told(contact="8888-1234")),
        ("  rosa   benítez ", rules.Told(name="rosa benítez")),
        ("rosa@correo.example", rules.Told(contact="rosa@correo.example")),
        ("1-0234-0567", rules.Told(document="1-0234-0567")),
        ("A12", rules.Told(document="A12")),
        ("", rules.Told()),
    ],
)
def test_what_is_typed_is_told_apart(typed: str, told: rules.Told) -> None:
    assert rules.read_told(typed, "CR") == told


def test_documents_in_lists_show_their_end_alone() -> None:
    assert rules.masked_document("102340567") == "••• 567"
