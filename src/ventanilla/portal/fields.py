"""Fields that several forms of the portal share."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ventanilla.files import actions as files
from ventanilla.files.actions import Staged
from ventanilla.files.enums import FileKind
from ventanilla.files.rules import RefusedFile, StorageFull

ACCEPTED = "image/jpeg,image/png,image/webp"
"""What the phone offers to choose from; naming the formats makes an iPhone hand over JPEG instead of HEIC."""
PAPERS = "application/pdf,.docx,.xlsx,.odt,.ods,.txt"
"""What it offers besides where documents are taken too."""


class LongText(forms.CharField):
    """Several lines. The browser is given no limit: it would cut what is pasted without a word."""

    default_error_messages = {
        "max_length": _("Son %(show_value)d letras y caben %(limit_value)d. Acórtelo un poco: no se ha perdido nada."),
    }

    def __init__(self, *, rows: int = 3, **options: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), **options)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {}


class PhotosInput(forms.FileInput):
    """Several photos at once, shrunk on the phone where it can (design/js/photos.js)."""

    allow_multiple_selected = True

    def __init__(self, *, most: int) -> None:
        super().__init__(attrs={"accept": ACCEPTED, "data-photos": True, "data-most": str(most)})


class PhotosField(forms.FileField):
    """Photos, not more than `most`. Cleaned into a list of uploads, empty where none was chosen.

    Documents too after `take_papers`: for what is never shown to everybody.
    """

    takes_papers = False
    default_error_messages = {
        "too_many": _("Caben %(most)s fotos y llegaron %(count)s. Quite alguna."),
        "empty": _("El archivo llegó vacío. Elíjalo otra vez."),
    }

    def __init__(self, *, most: int, **options: Any) -> None:
        self.most = most
        super().__init__(required=False, widget=PhotosInput(most=most), **options)

    def take_papers(self, label: Any) -> None:
        """Take documents beside photos, and say so."""
        self.takes_papers, self.label = True, label
        self.widget.attrs["accept"] = f"{ACCEPTED},{PAPERS}"
        too_many = _("Caben %(most)s archivos y llegaron %(count)s. Quite alguno.")
        self.error_messages = {**self.error_messages, "too_many": too_many}

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        sent = [each for each in data or [] if each]
        if len(sent) > self.most:
            raise forms.ValidationError(self.error_messages["too_many"], params={"most": self.most, "count": len(sent)})
        return [super(PhotosField, self).clean(each, initial) for each in sent]


def receive_files(uploads: list[Any], *, papers: bool) -> tuple[list[Staged], list[str]]:
    """Look through photos, and documents if `papers`, outside any transaction: those that are taken, and what is wrong
    with the others."""
    kinds = FileKind.PHOTO | FileKind.DOCUMENT if papers else FileKind.PHOTO
    taken, problems = [], []
    for upload in uploads:
        try:
            taken.append(files.receive(upload, kinds=kinds))
        except (RefusedFile, StorageFull) as error:
            problems.append(error.message if len(uploads) == 1 else f"{upload.name}: {error.message}")
    return taken, problems
