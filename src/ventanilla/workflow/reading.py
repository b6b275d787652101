"""From BPMN 2.0 XML to a `Diagram`, refusing by name what isn't on the whitelist. No entity is ever resolved."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from contextlib import suppress

from django.utils.translation import gettext as _
from lxml import etree

from ventanilla.workflow import whitelist
from ventanilla.workflow.enums import NodeKind
from ventanilla.workflow.rules import Diagram, Flow, InvalidDiagram, Node, Problem

_BPMN = f"{{{whitelist.MODEL}}}"
_OWN = f"{{{whitelist.OWN}}}"
_ENCODING = re.compile(rb"""^(?:\xef\xbb\xbf)?\s*<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
_ENCODINGS = {b"utf-8", b"utf8", b"us-ascii", b"iso-8859-1", b"iso-8859-15", b"windows-1252"}
"""Encodings in which ASCII is ASCII, so that a document type can't hide from the search for it."""
_CEL = {"", "cel", "https://cel.dev"}


def read(xml: bytes) -> tuple[Diagram, list[Problem]]:
    """The diagram and everything refused in it. Raises InvalidDiagram when it can't even be read."""
    root = _parse(xml)
    process = _only_process(root)
    problems = list(_refused(root))
    lanes = _lanes(process)
    nodes = [_node(e, lanes) for e in process if _local(e) in set(NodeKind)]
    tops = _tops(root)
    flows = sorted(
        (_flow(e) for e in process if _local(e) == "sequenceFlow"), key=lambda flow: tops.get(flow.target, 0.0)
    )
    problems += _doubles([*process.iter(f"{_BPMN}*")])
    diagram = Diagram(process.get("id", ""), process.get("name", ""), {n.id: n for n in nodes}, tuple(flows))
    return diagram, problems


def _parse(xml: bytes) -> etree._Element:
    _refuse_hostile(xml)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False, remove_pis=True
    )
    try:
        root = etree.fromstring(xml, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        line = getattr(error, "lineno", None) or 0
        raise _whole(_("no es XML bien formado (línea %(line)s)") % {"line": line}) from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise _whole(_("no se admiten definiciones de tipo de documento (DOCTYPE)"))
    if root.tag != f"{_BPMN}definitions":
        raise _whole(_("no es un diagrama BPMN 2.0: la raíz debe ser «definitions»"))
    return root


def _refuse_hostile(xml: bytes) -> None:
    if len(xml) > whitelist.MAX_BYTES:
        raise _whole(_("pesa más de %(max)s kB") % {"max": whitelist.MAX_BYTES // 1000})
    declared = _ENCODING.match(xml[:300])
    if (declared and declared[1].lower() not in _ENCODINGS) or b"\0" in xml:
        raise _whole(_("guarde el diagrama en UTF-8"))
    if re.search(rb"<!(DOCTYPE|ENTITY)", xml, re.IGNORECASE):
        raise _whole(_("no se admiten definiciones de tipo de documento (DOCTYPE)"))


def _whole(message: str) -> InvalidDiagram:
    return InvalidDiagram([Problem("", "", message)])


def _only_process(root: etree._Element) -> etree._Element:
    processes = root.findall(f"{_BPMN}process")
    if not processes:
        raise _whole(_("no hay ningún proceso en el diagrama"))
    if len(processes) > 1:
        problems = list(_refused(root)) + [
            _problem(extra, _("hay más de un proceso: cada archivo lleva uno")) for extra in processes[1:]
        ]
        raise InvalidDiagram(problems)
    return processes[0]


def _local(element: etree._Element) -> str:
    """The BPMN name of an element; empty for what isn't BPMN (comments, drawing, extensions)."""
    tag = element.tag
    return tag[len(_BPMN) :] if isinstance(tag, str) and tag.startswith(_BPMN) else ""


def _problem(element: etree._Element, message: str) -> Problem:
    """A problem of an element, named by the nearest element around it that has an id."""
    named = element
    while not named.get("id") and (parent := named.getparent()) is not None:
        named = parent
    return Problem(named.get("id", ""), named.get("name", ""), message)


def _refused(element: etree._Element) -> Iterator[Problem]:
    """What isn't on the whitelist, from the outside in; what is inside a refused element isn't looked at."""
    yield from _refused_attributes(element)
    local = _local(element)
    for child in element:
        if not isinstance(child.tag, str):
            continue
        name = _local(child)
        if not name:
            yield from _refused_foreign(child)
        elif name == "extensionElements" and local in whitelist.CHILDREN:
            yield from _refused_extensions(child)
        elif name not in whitelist.CHILDREN.get(local, ()):
            yield _problem(child, whitelist.reason(name))
        elif name in whitelist.TEXT_ONLY:
            yield from _refused_text(child)
        else:
            yield from _refused(child)


def _refused_foreign(element: etree._Element) -> Iterator[Problem]:
    namespace = etree.QName(element).namespace
    if namespace not in whitelist.DRAWING | whitelist.DECORATION:
        yield _problem(
            element, _("el elemento «%(element)s» no es de BPMN") % {"element": etree.QName(element).localname}
        )


def _refused_extensions(extensions: etree._Element) -> Iterator[Problem]:
    for child in extensions:
        if isinstance(child.tag, str) and etree.QName(child).namespace not in whitelist.DECORATION:
            message = _("la extensión «%(element)s» no se obedece aquí: quítela")
            yield _problem(child, message % {"element": etree.QName(child).localname})


def _refused_text(element: etree._Element) -> Iterator[Problem]:
    if any(isinstance(child.tag, str) for child in element):
        yield _problem(element, _("«%(element)s» solo lleva texto") % {"element": _local(element)})
    if _local(element) == "conditionExpression" and element.get("language", "").lower() not in _CEL:
        yield _problem(element, _("las condiciones se escriben en CEL, no en otro lenguaje"))


def _refused_attributes(element: etree._Element) -> Iterator[Problem]:
    local = _local(element)
    for key, value in element.attrib.items():
        name = etree.QName(key)
        if name.namespace == whitelist.OWN and name.localname not in whitelist.OWN_ATTRIBUTES.get(local, ()):
            yield _problem(element, _("aquí no va el atributo «v:%(name)s»") % {"name": name.localname})
        elif name.namespace in whitelist.DECORATION:
            continue
        elif any(engine in (name.namespace or "").lower() for engine in whitelist.ENGINES):
            yield _problem(element, _("el atributo «%(name)s» es de otro motor: quítelo") % {"name": name.localname})
        elif not name.namespace and whitelist.FIXED.get(name.localname, value) != value:
            yield _problem(element, _("«%(name)s» no se admite") % {"name": name.localname + "=" + str(value)})


def _doubles(elements: list[etree._Element]) -> Iterator[Problem]:
    seen: set[str] = set()
    for element in elements:
        own = element.get("id", "")
        if own in seen:
            yield _problem(element, _("el identificador está repetido"))
        elif not own and _local(element) in {*NodeKind, "sequenceFlow"}:
            yield _problem(element, _("a «%(element)s» le falta el identificador") % {"element": _local(element)})
        seen |= {own} - {""}


def _lanes(process: etree._Element) -> dict[str, str]:
    """The role of each node that lies in a lane: the lane's `v:role`, or its name where that is a role's key."""
    found: dict[str, str] = {}
    for lane in process.iter(f"{_BPMN}lane"):
        role = _own(lane, "role") or lane.get("name", "").strip()
        for reference in lane.findall(f"{_BPMN}flowNodeRef"):
            found[(reference.text or "").strip()] = role
    return found


def _tops(root: etree._Element) -> dict[str, float]:
    """How far down each node is drawn: the ways out of a choice are tried in the order in which people read them."""
    found: dict[str, float] = {}
    for shape in root.iter("{http://www.omg.org/spec/BPMN/20100524/DI}BPMNShape"):
        top = shape.find("{http://www.omg.org/spec/DD/20100524/DC}Bounds")
        with suppress(ValueError):
            y = float(top.get("y", "0")) if top is not None else 0.0
            found[shape.get("bpmnElement", "")] = y if math.isfinite(y) else 0.0
    return found


def _own(element: etree._Element, name: str) -> str:
    return " ".join(element.get(f"{_OWN}{name}", "").split())


def _text(element: etree._Element, local: str) -> str:
    return (element.findtext(f"{_BPMN}{local}") or "").strip()


def _node(element: etree._Element, lanes: dict[str, str]) -> Node:
    own = element.get("id", "")
    return Node(
        id=own,
        kind=NodeKind(_local(element)),
        name=" ".join(element.get("name", "").split()),
        lane=lanes.get(own, ""),
        form=_own(element, "form"),
        term=_own(element, "term"),
        service=_own(element, "service"),
        step=_own(element, "step"),
        public_title=_own(element, "publicTitle"),
        public_text=_own(element, "publicText"),
        outcome=_own(element, "outcome"),
        description=_text(element, "documentation"),
        default=element.get("default", ""),
        attached_to=element.get("attachedToRef", ""),
        interrupts=element.get("cancelActivity", "true") == "true",
        terminates=element.find(f"{_BPMN}terminateEventDefinition") is not None,
    )


def _flow(element: etree._Element) -> Flow:
    return Flow(
        id=element.get("id", ""),
        source=element.get("sourceRef", ""),
        target=element.get("targetRef", ""),
        name=" ".join(element.get("name", "").split()),
        condition=_text(element, "conditionExpression"),
        is_main=_own(element, "main") == "true",
    )
