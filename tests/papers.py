"""What a PDF of ours says, read back from its drawing by the table that its fonts carry (ToUnicode)."""

import re
from typing import Any

import pikepdf


def words_of(paper: pikepdf.Pdf) -> str:
    """All its text in the order of drawing, without blanks: where a line breaks is the typesetter's."""
    return "".join(part for page in paper.pages for part in _drawn(page)).replace(" ", "").replace("\u00a0", "")


def _drawn(page: pikepdf.Page) -> list[str]:
    fonts = {str(name): _table(font) for name, font in page.resources.Font.items()}
    said, table = [], dict[int, str]()
    for operands, operator in pikepdf.parse_content_stream(page):
        if str(operator) == "Tf":
            table = fonts[str(operands[0])]
        elif str(operator) in {"Tj", "TJ"}:
            said += [_read(bytes(each), table) for each in _strings(operands[0])]
    return said


def _strings(operand: Any) -> list[Any]:
    parts = operand if isinstance(operand, pikepdf.Array) else [operand]
    return [part for part in parts if isinstance(part, pikepdf.String)]


def _read(glyphs: bytes, table: dict[int, str]) -> str:
    return "".join(table[int.from_bytes(glyphs[at : at + 2])] for at in range(0, len(glyphs), 2))


def _table(font: Any) -> dict[int, str]:
    """Which glyph stands for which letters: `<0003> <0041>`, singly or as a range `<0003> <0005> <0041>`."""
    cmap = font.ToUnicode.read_bytes().decode("ascii")
    found: dict[int, str] = {}
    for block in re.findall(r"beginbfchar(.*?)endbfchar", cmap, re.DOTALL):
        found |= {int(g, 16): _letters(u) for g, u in re.findall(r"<(\w+)>\s*<(\w+)>", block)}
    for block in re.findall(r"beginbfrange(.*?)endbfrange", cmap, re.DOTALL):
        for first, last, letter in re.findall(r"<(\w+)>\s*<(\w+)>\s*<(\w+)>", block):
            span = range(int(first, 16), int(last, 16) + 1)
            found |= {glyph: chr(int(letter, 16) + place) for place, glyph in enumerate(span)}
    return found


def _letters(code: str) -> str:
    return bytes.fromhex(code).decode("utf-16-be")
