"""Rebuild the vendored files of the design room. Needed only to take a new version or another icon; never to run.

Unpack the packages (`npm pack NAME`, `tar xzf`) as folders named like the package with `/` as `-` in one folder
(`digdir-designsystemet-css`, `fontsource-atkinson-hyperlegible`, `htmx.org`, `leaflet`, `tabler-icons`, `axe-core`),
then `python tools/vendor_design.py FOLDER`, or `--icons` to rebuild only the sprite.
"""

import argparse
import hashlib
import json
import re
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))

from ventanilla.design.icons import ICONS  # noqa: E402

STATIC = ROOT / "src/ventanilla/design/static/design"
VENDOR = STATIC / "vendor"

# The parts of the kit that our pages use, in the kit's own order, by layer.
BASE = ("base", "label", "paragraph", "validation-message")
COMPONENTS = (
    "link",
    "data-size-workaround",
    "button",
    "input",
    "field",
    "fieldset",
    "alert",
    "skip-link",
    "dialog",
    "list",
    "card",
    "chip",
    "tag",
    "error-summary",
    "table",
)

COPIED = (
    ("fontsource-atkinson-hyperlegible", "files/atkinson-hyperlegible-latin-400-normal.woff2", "atkinson-400.woff2"),
    ("fontsource-atkinson-hyperlegible", "files/atkinson-hyperlegible-latin-700-normal.woff2", "atkinson-700.woff2"),
    ("htmx.org", "dist/htmx.min.js", "htmx.min.js"),
)

LICENCES = {
    "digdir-designsystemet-css": "LICENSE",
    "fontsource-atkinson-hyperlegible": "LICENSE",
    "htmx.org": "LICENSE",
    "leaflet": "LICENSE",
    "tabler-icons": "LICENSE",
}


def kit(package: Path) -> str:
    """The kit's theme and the components we use, in the kit's layers."""
    theme = (package / "dist/theme/designsystemet.css").read_text().strip()
    base, components = (
        "".join((package / f"dist/src/{name}.css").read_text().strip() for name in names)
        for names in (BASE, COMPONENTS)
    )
    order = "@layer ds.theme, ds.base, ds.components;"
    return f"{order}\n{theme}\n@layer ds.base{{{base}}}\n@layer ds.components{{{components}}}\n"


def sprite(package: Path) -> str:
    """One SVG with a symbol for each of our icons; strokes take the colour of the text."""
    symbols = []
    for name in sorted(ICONS):
        drawing = (package / "icons/outline" / f"{name}.svg").read_text()
        paths = re.findall(r"<(?:path|circle|rect|line|polyline)\b[^>]*>", drawing)
        drawn = [re.sub(r"\s*/?>$", "/>", path) for path in paths if 'stroke="none"' not in path]
        symbols.append(f'<symbol id="{name}" viewBox="0 0 24 24">{"".join(drawn)}</symbol>')
    return '<svg xmlns="http://www.w3.org/2000/svg">\n' + "\n".join(symbols) + "\n</svg>\n"


def leaflet(dist: Path) -> dict[str, str]:
    """Leaflet without what points at files we don't ship: the source map and the pictures of its own controls."""
    style = re.sub(r"[^;{}]*:[^;{}]*url\([^)]*\)[^;}]*;", "", (dist / "leaflet.css").read_text())
    code = re.sub(r"//# sourceMappingURL=.*", "", (dist / "leaflet.js").read_text())
    return {"leaflet.js": code, "leaflet.css": style}


def row(package: Path, path: Path) -> str:
    about = json.loads((package / "package.json").read_text())
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return f"| `{path.relative_to(ROOT)}` | {about['name']} | {about['version']} | {about['license']} | `{digest}` |"


def write(folder: Path) -> None:
    """Rebuild every vendored file and the list of them."""
    VENDOR.mkdir(parents=True, exist_ok=True)
    rows = []
    (VENDOR / "kit.css").write_text(kit(folder / "digdir-designsystemet-css"))
    rows.append(row(folder / "digdir-designsystemet-css", VENDOR / "kit.css"))
    for package, source, target in COPIED:
        shutil.copyfile(folder / package / source, VENDOR / target)
        (VENDOR / target).chmod(0o644)
        rows.append(row(folder / package, VENDOR / target))
    for name, text in leaflet(folder / "leaflet/dist").items():
        (VENDOR / name).write_text(text)
        rows.append(row(folder / "leaflet", VENDOR / name))
    rows.append(icons(folder))
    (VENDOR / "licences").mkdir(exist_ok=True)
    for package, licence in LICENCES.items():
        (VENDOR / "licences" / f"{package}.txt").write_text((folder / package / licence).read_text())
    axe = ROOT / "tests/vendor/axe.min.js"
    axe.parent.mkdir(exist_ok=True)
    (axe.parent / "axe-LICENSE.txt").write_text((folder / "axe-core/LICENSE").read_text())
    shutil.copyfile(folder / "axe-core/axe.min.js", axe)
    axe.chmod(0o644)
    rows.append(row(folder / "axe-core", axe))
    head = (Path(__file__).parent / "vendor_readme_head.md").read_text()
    (VENDOR / "README.md").write_text(head + "\n".join(rows) + "\n")


def icons(folder: Path) -> str:
    """Rebuild the sprite alone. Returns its row for the list."""
    (STATIC / "icons.svg").write_text(sprite(folder / "tabler-icons"))
    return row(folder / "tabler-icons", STATIC / "icons.svg")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--icons", action="store_true", help="only the sprite; prints its row for the list")
    options = parser.parse_args()
    if options.icons:
        sys.stdout.write(icons(options.folder) + "\n")
    else:
        write(options.folder)


if __name__ == "__main__":
    main()
