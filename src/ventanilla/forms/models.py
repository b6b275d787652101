"""Forms as they were published."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NoReturn

from django.db import connection, models
from django.utils.translation import gettext_lazy as _

from ventanilla.forms.rules import Questionnaire, questionnaire
from ventanilla.lib import clock


class Immutable(TypeError):
    """A published version was about to be changed; publish another instead."""


class FormVersionQuerySet(models.QuerySet["FormVersion"]):
    def latest_of(self, key: str) -> FormVersion | None:
        """The version of a form that is asked today."""
        return self.filter(key=key).order_by("-version").first()

    def update(self, **_changes: Any) -> NoReturn:
        raise Immutable("a published form does not change")

    def delete(self) -> NoReturn:
        raise Immutable("a published form is not removed")


class FormVersion(models.Model):
    """A form as published: never changed, since cases are read by the version they were filed under."""

    key = models.SlugField(_("clave"), max_length=80)
    version = models.PositiveIntegerField(_("versión"))
    schema = models.JSONField(_("esquema"))
    layout = models.JSONField(_("presentación"))
    digest = models.CharField(_("huella"), max_length=64)
    published_at = models.DateTimeField(_("publicado"), default=clock.now, editable=False)
    published_by = models.CharField(_("publicado por"), max_length=80)

    objects = FormVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("versión de formulario")
        verbose_name_plural = _("versiones de formularios")
        ordering = ["key", "version"]
        constraints = [models.UniqueConstraint(fields=["key", "version"], name="form_version_once")]

    def __str__(self) -> str:
        return f"{self.key} {self.version}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise Immutable("a published form does not change")
        super().save(*args, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        raise Immutable("a published form is not removed")

    @property
    def paper(self) -> Questionnaire:
        """Its questions, in order."""
        return questionnaire(self.schema, self.layout)


def version_of(key: str, version: int) -> FormVersion:
    """A published version, read once per process. Raises FormVersion.DoesNotExist.

    Inside a transaction it is read anew: what is published there may yet be rolled back.
    """
    return _stored(key, version) if connection.in_atomic_block else _remembered(key, version)


def as_answered(form: FormVersion, version: int) -> FormVersion:
    """The version that answers were given by: the one in hand, or an older one of its form."""
    return form if form.version == version else version_of(form.key, version)


def _stored(key: str, version: int) -> FormVersion:
    return FormVersion.objects.get(key=key, version=version)


_remembered = lru_cache(maxsize=256)(_stored)


def forget() -> None:
    """Read versions anew; for tests and for a database that was restored."""
    _remembered.cache_clear()
