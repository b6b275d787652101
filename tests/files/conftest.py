"""A store of its own for each test, and things people send."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from ventanilla.files.storage import Disk, store


@pytest.fixture(autouse=True)
def disk(tmp_path: Path, settings: object) -> Disk:
    settings.DATA = tmp_path  # type: ignore[attr-defined]
    return store()


def picture(
    form: str = "JPEG", size: tuple[int, int] = (400, 300), mode: str = "RGB", color: object = "teal", **options: object
) -> bytes:
    out = BytesIO()
    Image.new(mode, size, color).save(out, form, **options)  # type: ignore[arg-type]
    return out.getvalue()


def archive(entries: dict[str, bytes]) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as made:
        for name, content in entries.items():
            made.writestr(name, content)
    return out.getvalue()


ODT = archive({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<x/>"})
ODS = archive({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<x/>"})
DOCX = archive({"[Content_Types].xml": b"<x/>", "word/document.xml": b"<x/>"})
XLSX = archive({"[Content_Types].xml": b"<x/>", "xl/workbook.xml": b"<x/>"})
PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF\n"


def sent(content: bytes, name: str = "") -> SimpleUploadedFile:
    """What a browser sends: its name and type are only what it says."""
    upload = SimpleUploadedFile("x", content, content_type="image/jpeg")
    upload._name = name
    return upload


Sender = Callable[..., SimpleUploadedFile]
