"""What a diagram may hold. Whatever isn't listed here is refused, with its element named.

Element names are those of BPMN 2.0 (OMG formal/2011-01-03). Drawing elements (BPMNDI, DC, DI) are ignored.
"""

from django.utils.translation import gettext_lazy as _

from ventanilla.workflow.enums import NodeKind

MODEL = "http://www.omg.org/spec/BPMN/20100524/MODEL"
OWN = "https://ventanilla.org/bpmn"
DRAWING = frozenset(
    {
        "http://www.omg.org/spec/BPMN/20100524/DI",
        "http://www.omg.org/spec/DD/20100524/DC",
        "http://www.omg.org/spec/DD/20100524/DI",
    }
)
DECORATION = frozenset(
    {
        "http://www.signavio.com",
        "http://bpmn.io/schema/bpmn/biocolor/1.0",
        "http://www.omg.org/spec/BPMN/non-normative/color/1.0",
        "http://camunda.org/schema/modeler/1.0",
    }
)
"""Extensions that only say how a modeller shows the drawing, or which modeller it was."""
ENGINES = ("camunda", "zeebe", "spiffworkflow", "flowable", "activiti", "drools", "jboss", "bonitasoft", "oracle")
"""Words in the namespaces of other engines: who draws with them expects something to happen that wouldn't."""

MAX_BYTES = 1_000_000
MAX_NODES = 150

_SAID = {"documentation", "extensionElements"}
_NODE = {*_SAID, "incoming", "outgoing"}
CHILDREN: dict[str, set[str]] = {
    "definitions": {*_SAID, "process", "collaboration", "category"},
    "collaboration": {*_SAID, "participant", "textAnnotation", "association", "group"},
    "participant": _SAID,
    "category": {*_SAID, "categoryValue"},
    "categoryValue": _SAID,
    "process": {*_SAID, *NodeKind, "laneSet", "sequenceFlow", "textAnnotation", "association", "group"},
    "laneSet": {*_SAID, "lane"},
    "lane": {*_SAID, "flowNodeRef"},
    "sequenceFlow": {*_SAID, "conditionExpression"},
    "textAnnotation": {*_SAID, "text"},
    "association": _SAID,
    "group": _SAID,
    **dict.fromkeys(NodeKind, _NODE),
    NodeKind.END: {*_NODE, "terminateEventDefinition"},
    NodeKind.TIMER: {*_NODE, "timerEventDefinition"},
    "terminateEventDefinition": _SAID,
    "timerEventDefinition": _SAID,
}
"""The elements that each element may hold."""
TEXT_ONLY = {"documentation", "text", "incoming", "outgoing", "flowNodeRef", "conditionExpression"}
"""Elements whose text is read and which hold nothing else."""

_WORDS = {"publicTitle", "publicText", "step"}
OWN_ATTRIBUTES: dict[str, set[str]] = {
    "lane": {"role"},
    NodeKind.START: _WORDS,
    NodeKind.END: {*_WORDS, "outcome"},
    NodeKind.USER: {*_WORDS, "form", "term"},
    NodeKind.MANUAL: {*_WORDS, "form", "term"},
    NodeKind.SERVICE: {"service"},
    NodeKind.TIMER: {"term"},
    "sequenceFlow": {"main"},
}
"""The attributes of our own namespace, by the element they belong on."""

FIXED = {
    "isForCompensation": "false",
    "startQuantity": "1",
    "completionQuantity": "1",
    "parallelMultiple": "false",
    "isInterrupting": "true",
    "triggeredByEvent": "false",
}
"""BPMN attributes that change what happens, and the one value that leaves things as they are."""

_EVENT = _("este evento no se admite: solo inicio, fin, fin total y temporizador sobre una tarea")
_DATA = _("los datos no se dibujan: viven en los formularios")
_MESSAGE = _("los mensajes no se dibujan: los avisos salen del expediente")
_LOOP = _("las tareas repetidas no se admiten: dibuje la vuelta con una compuerta")
_SUBPROCESS = _("los subprocesos no se admiten: dibuje sus pasos en el mismo diagrama")
REASONS = {
    "scriptTask": _("los programas dentro del diagrama no se admiten"),
    "script": _("los programas dentro del diagrama no se admiten"),
    "task": _("diga qué clase de tarea es: de usuario (con formulario) o manual"),
    "sendTask": _MESSAGE,
    "receiveTask": _MESSAGE,
    "messageFlow": _MESSAGE,
    "message": _MESSAGE,
    "businessRuleTask": _("las reglas no se llaman desde el diagrama: use una compuerta con condiciones"),
    "callActivity": _("no se puede llamar a otro proceso: dibuje sus pasos en el mismo diagrama"),
    "subProcess": _SUBPROCESS,
    "adHocSubProcess": _SUBPROCESS,
    "transaction": _SUBPROCESS,
    "intermediateCatchEvent": _EVENT,
    "intermediateThrowEvent": _EVENT,
    "eventBasedGateway": _EVENT,
    "complexGateway": _("las compuertas complejas no se admiten: use exclusiva, paralela o inclusiva"),
    "multiInstanceLoopCharacteristics": _LOOP,
    "standardLoopCharacteristics": _LOOP,
    "childLaneSet": _("los carriles no llevan otros dentro"),
    "ioSpecification": _DATA,
    "dataInputAssociation": _DATA,
    "dataOutputAssociation": _DATA,
    "dataObject": _DATA,
    "dataObjectReference": _DATA,
    "dataStore": _DATA,
    "dataStoreReference": _DATA,
    "timeDate": _("el temporizador nombra su plazo en v:term; no lleva tiempos escritos"),
    "timeDuration": _("el temporizador nombra su plazo en v:term; no lleva tiempos escritos"),
    "timeCycle": _("el temporizador nombra su plazo en v:term; no lleva tiempos escritos"),
}
"""Why an element is refused, in the words of who drew it."""


def reason(local: str) -> str:
    """Why an element of BPMN outside the whitelist is refused."""
    if local.endswith("EventDefinition"):
        return str(_EVENT)
    return str(REASONS.get(local, _("el elemento «%(element)s» no se admite") % {"element": local}))
