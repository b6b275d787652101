"""Arms come in from anywhere and stand in every page: nothing of them acts, and nothing leads elsewhere."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from PIL import Image

from ventanilla.lib import arms
from ventanilla.lib.arms import BadArms, clean

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 48 56"'


def drawn(inside: str, head: str = "") -> str:
    return clean(f"{HEAD} {head}>{inside}</svg>".encode())


def test_shapes_and_colours_stay() -> None:
    assert drawn('<g transform="scale(2)"><path d="M0 0h4v4z" fill="#2F4B9B"/></g>') == (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 56" aria-hidden="true">'
        '<g transform="scale(2)"><path d="M0 0h4v4z" fill="#2F4B9B"/></g></svg>'
    )


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        '<path d="M0 0h1" onclick="alert(1)"/>',
        '<a href="javascript:alert(1)"><path d="M0 0h1"/></a>',
        '<use href="javascript:alert(1)"/>',
        '<use xlink:href="https://elsewhere.example/x.svg#a"/>',
        '<image href="https://elsewhere.example/pixel.png" width="1" height="1"/>',
        '<image href="data:image/svg+xml;base64,PHN2Zz4=" width="1" height="1"/>',
        '<path d="M0 0h1" fill="url(https://elsewhere.example/#a)"/>',
        '<path d="M0 0h1" style="fill:url(javascript:alert(1))"/>',
        '<foreignObject><iframe src="https://elsewhere.example"/></foreignObject>',
        '<animate attributeName="href" to="javascript:alert(1)"/>',
        '<set attributeName="onload" to="alert(1)"/>',
        "<style>@import url(https://elsewhere.example/x.css); path{fill:red}</style>",
        '<html:script xmlns:html="http://www.w3.org/1999/xhtml">alert(1)</html:script>',
    ],
)
def test_what_acts_or_leads_elsewhere_goes(hostile: str) -> None:
    kept = drawn(f'<rect width="1" height="1"/>{hostile}')
    assert not re.search(r"script|onclick|onload|elsewhere|animate|foreign|style|svg\+xml|import", kept, re.I)
    assert "<rect" in kept


def test_simple_styles_become_attributes() -> None:
    kept = drawn('<style>.a, .b{fill:#123456;stroke:none}</style><path class="a" d="M0 0h1" style="stroke: red"/>')
    assert '<path d="M0 0h1" fill="#123456" stroke="red"/>' in kept


def test_its_own_parts_keep_their_links_under_names_no_page_has() -> None:
    kept = drawn('<defs><linearGradient id="a"/><path id="b" d="M0 0h1"/></defs><use xlink:href="#b" fill="url(#a)"/>')
    assert '<linearGradient id="escudo-a"/>' in kept
    assert '<use fill="url(#escudo-a)" href="#escudo-b"/>' in kept


def test_a_drawing_without_a_view_box_gets_one() -> None:
    sized = clean(b'<svg xmlns="http://www.w3.org/2000/svg" width="40px" height="48"><path d="M0 0h1"/></svg>')
    assert 'viewBox="0 0 40 48"' in sized


def test_a_document_type_of_an_editor_is_no_fault() -> None:
    editor = '<?xml version="1.0"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/svg11.dtd">'
    assert "<path" in clean(f'{editor}{HEAD}><path d="M0 0h1"/></svg>'.encode())


def picture(size: tuple[int, int] = (900, 1200), kind: str = "PNG") -> bytes:
    out = BytesIO()
    Image.new("RGB", size, "#2F4B9B").save(out, kind)
    return out.getvalue()


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_a_picture_is_drawn_small(kind: str) -> None:
    kept = clean(picture(kind=kind))
    assert 'viewBox="0 0 126 168"' in kept
    assert 'href="data:image/png;base64,' in kept
    assert len(kept) < arms.MAX_DRAWN


BOMB = b'<!DOCTYPE svg [<!ENTITY a "aaaa">]>' + HEAD.encode() + b"><title>&a;</title></svg>"


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "not_a_picture"),
        (b"hola", "not_a_picture"),
        (b"<html><body><svg></svg></body></html>", "not_a_picture"),
        (picture()[:300], "not_a_picture"),
        (b"<svg", "damaged"),
        (b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>', "damaged"),
        (BOMB, "entities"),
        (b"x" * (arms.MAX_BYTES + 1), "too_big"),
        (f'{HEAD}><path d="{"M0 0h1" * 10_000}"/></svg>'.encode(), "too_detailed"),
        (HEAD.encode() + b'><g id="a"/>' + b'<use href="#a"/>' * 9 + b"</svg>", "too_detailed"),
    ],
)
def test_what_cannot_be_shown_is_refused_by_its_reason(content: bytes, problem: str) -> None:
    with pytest.raises(BadArms) as refused:
        clean(content)
    assert refused.value.problem == problem
