"""Papers as PDF: archivable (PDF/A-2a, ISO 19005-2) and readable by everybody (PDF/UA-1, ISO 14289-1).

Only for jobs: drawing one takes about a tenth of a second and a typesetter in memory, so never in a web request.
"""

from __future__ import annotations

import json
import re
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ventanilla.files.documents import words
from ventanilla.lib import clock

if TYPE_CHECKING:
    from typst import PDFStandard

STANDARDS: list[PDFStandard] = ["a-2a", "ua-1"]
_FOLDER = Path(__file__).resolve().parent
_WORDS = {"receipt": words.receipt}


_ILLEGIBLE = re.compile(
    "[^\n\u0020-\u007e\u00a0-\u0377\u038e-\u03a1\u03a3-\u04ff\u1e00-\u1eff"
    "\u2000-\u200a\u2010-\u2027\u202f-\u2040\u20a0-\u20c0\u2190-\u22ff]"
)
"""What our fonts have no sign for (PDF/A forbids such text) and what turns the direction of writing."""


class UnrenderableDocument(Exception):
    """The typesetter refused: the message says where in the template, without the data."""


def render(template_name: str, data: dict[str, Any]) -> bytes:
    """The PDF of a template and plain JSON data, in the language in force.

    `receipt` takes `{language, title, label, reference, lead, color?, arms? (SVG),
    municipality: {kind, name, lines: [str]}, facts: [{term, value}], steps: [{title, detail, state}], late?, said?,
    check: {code, url}}`; a step's state is `done`, `now`, `next` or `end`.

    Signs that our fonts don't have (emoji, Chinese) come out as □. Raises UnrenderableDocument.
    """
    import typst

    inputs = {
        "data": json.dumps(_legible(data), ensure_ascii=False),
        "words": json.dumps(_WORDS[template_name](), ensure_ascii=False),
        "qr": qr_svg(data["check"]["url"]),
    }
    try:
        return typst.compile(
            _FOLDER / f"{template_name}.typ",
            root=_FOLDER,
            font_paths=typst.Fonts(include_system_fonts=False, font_paths=[_FOLDER / "fonts"]),
            sys_inputs=inputs,
            pdf_standards=STANDARDS,
            timestamp=int(clock.now().timestamp()),
        )
    except typst.TypstError as error:
        raise UnrenderableDocument(template_name) from error


def _legible(value: Any) -> Any:
    if isinstance(value, str):
        return _ILLEGIBLE.sub("□", value)
    if isinstance(value, dict):
        return {key: inner if key == "arms" else _legible(inner) for key, inner in value.items()}
    return [_legible(inner) for inner in value] if isinstance(value, list) else value


def qr_svg(url: str) -> str:
    """A QR code as SVG, with its quiet zone."""
    import segno

    out = BytesIO()
    segno.make_qr(url, error="m").save(
        out, kind="svg", dark="#1C2430", light="#FFFFFF", border=2, xmldecl=False, omitsize=True
    )
    return out.getvalue().decode()
