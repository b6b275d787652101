"""The index of everything that can be found, and the words that occur in it.

The searched text itself is kept by the engine: an FTS5 table on SQLite, a `tsvector` column on PostgreSQL.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SearchDocument(models.Model):
    """One thing that can be found. Numbers grow with time: newest first is the order of the primary key.

    Written by `actions` alone, since the engine's part must change along with it.
    """

    kind = models.CharField(max_length=30)
    uuid = models.CharField(max_length=36)
    title = models.CharField(max_length=200)
    snippet = models.CharField(max_length=300, blank=True)
    department_id = models.IntegerField(null=True)
    is_public = models.BooleanField()
    is_reserved = models.BooleanField()
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("documento del buscador")
        verbose_name_plural = _("documentos del buscador")
        constraints = [models.UniqueConstraint(fields=["kind", "uuid"], name="search_document_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.uuid}"


class SearchWord(models.Model):
    """A word and in how many documents it occurs, counted now and then."""

    word = models.CharField(max_length=40, unique=True)
    count = models.PositiveIntegerField()
    is_suspect = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("palabra del buscador")
        indexes = [models.Index(fields=["id"], condition=models.Q(is_suspect=True), name="search_word_suspect")]

    def __str__(self) -> str:
        return self.word


class SpellingKey(models.Model):
    """A number under which a word is found when misspelt; see `spelling.keys`."""

    key = models.BigIntegerField()
    word = models.ForeignKey(SearchWord, on_delete=models.CASCADE, related_name="spelling_keys")

    class Meta:
        verbose_name = _("clave de ortografía")
        constraints = [models.UniqueConstraint(fields=["key", "word"], name="spelling_key_once")]

    def __str__(self) -> str:
        return str(self.key)


class WordCount(models.Model):
    """When the words were last counted, and up to which document."""

    at = models.DateTimeField()
    last_document = models.BigIntegerField()

    class Meta:
        verbose_name = _("recuento de palabras")

    def __str__(self) -> str:
        return f"{self.last_document}"
