"""What is being sent, while it is being sent: big uploads wait on the disk without a name.

A file without a name is gone with the process that writes it, so one that is killed leaves nobody's photo behind; and
it stands in the data folder, since nothing of anybody's is written elsewhere.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler


class NamelessUploadHandler(FileUploadHandler):
    """For what doesn't fit into memory; the handlers before it take the rest."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        folder = Path(settings.DATA) / "run"
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.file = UploadedFile(
            tempfile.TemporaryFile(dir=folder),  # noqa: SIM115 it lives as long as the request
            self.file_name,
            self.content_type,
            0,
            self.charset,
            self.content_type_extra,
        )

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.file.write(raw_data)

    def file_complete(self, file_size: int) -> UploadedFile[Any]:
        self.file.seek(0, os.SEEK_SET)
        self.file.size = file_size
        return self.file

    def upload_interrupted(self) -> None:
        if hasattr(self, "file"):
            self.file.close()
