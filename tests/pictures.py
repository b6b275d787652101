"""Pictures to send."""

from io import BytesIO

from PIL import Image


def jpeg(width: int = 64, height: int = 48, color: str = "navy") -> bytes:
    """A small photograph."""
    out = BytesIO()
    Image.new("RGB", (width, height), color).save(out, "JPEG")
    return out.getvalue()
