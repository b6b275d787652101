"""Writes of the forms room."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from ventanilla.audit.actions import Entry, append
from ventanilla.audit.rules import canonical
from ventanilla.forms.models import FormVersion
from ventanilla.forms.rules import completed

CHAIN = "forms"


@transaction.atomic
def publish(*, key: str, schema: Mapping[str, Any], layout: Mapping[str, Any], by: str) -> FormVersion:
    """Publish a form; what is asked from now on. The same content as the latest version is that version again.

    `schema` is a JSON Schema 2020-12 object of flat fields; `layout` is `{"questions": [{"field", "question",
    "script", "hint", "widget", "options": [{"value", "label"}], "when", "essential", "synonyms"}]}`.
    Raises Unpublishable with everything there is to mend.
    """
    whole = completed(schema, layout)
    digest = hashlib.sha256(canonical([whole, layout]).encode()).hexdigest()
    latest = FormVersion.objects.latest_of(key)
    if latest and latest.digest == digest:
        return latest
    number = latest.version + 1 if latest else 1
    made = FormVersion.objects.create(
        key=key, version=number, schema=whole, layout=dict(layout), digest=digest, published_by=by
    )
    append(CHAIN, [Entry("form.published", {"key": key, "version": number, "digest": digest})], by=by)
    return made
