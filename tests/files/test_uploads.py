"""While a big file is being sent it has no name anywhere, so nothing of it outlives the process that reads it."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

BIG = b"0123456789" * 400_000
seen: dict[str, Any] = {}


@csrf_exempt
def take(request: HttpRequest) -> HttpResponse:
    upload = request.FILES["file"]
    seen.update(name=upload.name, size=upload.size, content=b"".join(upload.chunks()))
    seen["lying"] = [each.name for each in Path(seen["data"]).rglob("*") if each.is_file()]
    return HttpResponse("")


urlpatterns = [path("take", take)]


@pytest.mark.django_db
@pytest.mark.urls(__name__)
@pytest.mark.parametrize("content", [b"small", BIG])
def test_an_upload_is_read_whole_and_lies_nowhere(tmp_path: Path, settings: Any, content: bytes) -> None:
    settings.DATA = seen["data"] = tmp_path
    assert Client().post("/take", {"file": SimpleUploadedFile("foto.jpg", content)}).status_code == 200
    assert (seen["name"], seen["size"], seen["content"]) == ("foto.jpg", len(content), content)
    assert seen["lying"] == []
