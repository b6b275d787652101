"""Pictures to send."""

from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image


def jpeg(width: int = 64, height: int = 48, color: str = "navy") -> bytes:
    """A small photograph."""
    out = BytesIO()
    Image.new("RGB", (width, height), color).save(out, "JPEG")
    return out.getvalue()


def disguised() -> SimpleUploadedFile:
    """A web page that calls itself a photograph."""
    return SimpleUploadedFile("foto.jpg", b"<html><script>alert(1)</script></html>", content_type="image/jpeg")
