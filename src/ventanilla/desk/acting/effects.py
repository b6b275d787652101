"""What an action says beforehand that it will do: to the person, and to each clock."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ventanilla.calendars.clocks import describe_term
from ventanilla.cases.actions import clocks, pauses
from ventanilla.cases.enums import Stopped
from ventanilla.cases.models import Case
from ventanilla.design.dates import day
from ventanilla.desk.acting.act import Effect, Effects, Reached
from ventanilla.notifications.rules.choosing import CALL


def both(*parts: Effects) -> Effects:
    """Several things that an action does."""

    def told(case: Case, reached: Reached) -> Sequence[Effect]:
        return [effect for part in parts for effect in part(case, reached)]

    return told


# The person -----------------------------------------------------------------------------------------------------------


def nobody(_case: Case, _reached: Reached) -> Sequence[Effect]:
    return [Effect("lock", _("No se le dice a nadie de fuera."))]


def person(_case: Case, reached: Reached) -> Sequence[Effect]:
    """Who filed it, and how they are told."""
    return [Effect("mail", _to_person(reached))]


def person_and_followers(case: Case, reached: Reached) -> Sequence[Effect]:
    """Who filed it and, where it is public, who follows it."""
    if not reached.followers or not case.is_public:
        return person(case, reached)
    said = ngettext("También se le avisa a %(n)d que lo sigue.", "También se les avisa a %(n)d que lo siguen.",
                    reached.followers)  # fmt: skip
    return [*person(case, reached), Effect("users", said % {"n": reached.followers})]


def _to_person(reached: Reached) -> str:
    if not reached.is_known:
        return _("Es anónimo: lo lee quien consulte el caso con su código.")
    named = {"name": reached.name or _("La persona")}
    if reached.way is None:
        return _("%(name)s no dejó cómo avisarle: lo lee si consulta su caso.") % named
    if reached.way.channel == CALL:
        return _by_hand(reached.way.address) % named
    if "@" in reached.way.address:
        return _("%(name)s recibe un correo.") % named
    if reached.way.channel == "whatsapp":
        return _("%(name)s recibe un WhatsApp.") % named
    return _("%(name)s recibe un mensaje de texto.") % named


def _by_hand(address: str) -> str:
    if "@" in address:
        return _("%(name)s solo dejó un correo y aquí no se mandan: queda el trabajo de avisarle.")
    return _("%(name)s no tiene correo ni mensajes: queda el trabajo de llamarle.")


def whoever_gets_it(_case: Case, _reached: Reached) -> Sequence[Effect]:
    return [Effect("user", _("Lo ve en su bandeja quien lo reciba. A la persona no se le dice."))]


# The clocks -----------------------------------------------------------------------------------------------------------


def stays(case: Case, _reached: Reached) -> Sequence[Effect]:
    """Nothing changes; by when it is."""
    if not case.is_open:
        return [Effect("clock", _("El caso sigue cerrado."))]
    if case.due_at is None:
        said = _("El plazo sigue en pausa.") if case.paused_at else _("Ningún plazo corre.")
        return [Effect("clock", said)]
    return [Effect("clock", _("El plazo sigue igual: %(day)s.") % {"day": day(case.due_at)})]


def may_answer(case: Case, reached: Reached) -> Sequence[Effect]:
    """A reply: nothing changes unless it is the answer that is owed."""
    owed = case.is_open and case.response_due_at is not None and case.answered_at is None
    if not owed:
        return stays(case, reached)
    said = _("El plazo sigue igual: %(day)s. Si marca que queda contestado, ese plazo se cumple.")
    return [Effect("clock", said % {"day": day(case.due_at or case.response_due_at)})]  # type: ignore[arg-type]


def waits_for_person(case: Case, _reached: Reached) -> Sequence[Effect]:
    """Which clocks wait for the answer, for how long, and by what law."""
    return [Effect("clock", each) for each in _waiting(case, pauses.would_stop(case, pauses.FOR_PERSON))]


def _waiting(case: Case, stops: Stopped) -> list[str]:
    if case.paused_at:
        return [_("Ya hay un plazo en pausa: sigue así.")]
    said = []
    if stops in (Stopped.RESPONSE, Stopped.BOTH):
        legal = clocks.legal_term(case)
        cause = next(each for each in pauses.causes(case) if each.key == pauses.FOR_PERSON)
        known = {"law": legal.law if legal else "", "article": cause.article}
        said.append(_("El plazo para contestarle espera su respuesta (%(law)s, art. %(article)s).") % known)
    elif case.response_due_at and case.answered_at is None:
        said.append(_("El plazo para contestarle sigue corriendo: %(day)s.") % {"day": day(case.response_due_at)})
    if stops in (Stopped.TARGET, Stopped.BOTH):
        longest = {"term": describe_term(clocks.CHARTER_PATIENCE)}
        said.append(_("La fecha de arreglo espera su respuesta, %(term)s a lo sumo.") % longest)
    return said or [_("Ningún plazo corre.")]


def must_correct(case: Case, reached: Reached) -> Sequence[Effect]:
    """The law's term to correct, and what it does to ours."""
    granted = pauses.cure(case)
    if granted is None:
        return waits_for_person(case, reached)
    known = {"term": describe_term(granted.term), "law": granted.citation}
    said = _("La persona tiene %(term)s para corregirlo (%(law)s). Si no lo hace, queda el trabajo de decidir.")
    return [Effect("hourglass", said % known), *waits_for_person(case, reached)]


def answers_for_now(case: Case, _reached: Reached) -> Sequence[Effect]:
    """Put off: answered, and still to be mended."""
    said = []
    if case.response_due_at and case.answered_at is None:
        said.append(Effect("clock", _("Cumple el plazo para contestarle.")))
    until = {"day": day(case.target_due_at)} if case.target_due_at else None
    still = _("Sigue abierto hasta que se arregle; la fecha prevista no cambia: %(day)s.") % until if until else ""
    return [*said, Effect("calendar-clock", still or _("Sigue abierto hasta que se arregle."))]


def meets_all(case: Case, _reached: Reached) -> Sequence[Effect]:
    """The end: whatever was owed is met."""
    if case.due_at is None and not case.paused_at:
        return [Effect("clock", _("Cierra el caso."))]
    return [Effect("clock", _("Cierra el caso: sus plazos se dan por cumplidos hoy."))]


def lets_reopen(case: Case, _reached: Reached) -> Sequence[Effect]:
    """The person may say that it wasn't so."""
    days = case.procedure.reopen_days
    said = ngettext("Puede abrirlo de nuevo en %(n)d día.", "Puede abrirlo de nuevo en %(n)d días.", days)
    return [Effect("rotate", said % {"n": days})]


def begins_again(case: Case, _reached: Reached) -> Sequence[Effect]:
    """Opened again: anew, or as if it had never been closed."""
    if case.state in ("cancelled", "duplicate"):
        return [Effect("clock", _("Los plazos siguen contando desde que entró, como si no se hubiera cerrado."))]
    return [Effect("clock", _("Los plazos empiezan de nuevo hoy."))]


def halves(case: Case, _reached: Reached) -> Sequence[Effect]:
    """What urgency does to each clock."""
    legal = clocks.legal_term(case)
    said = []
    if legal and case.answered_at is None:
        known = {"law": legal.law, "article": legal.urgency_article}
        shorter = _("El plazo para contestarle se acorta a la mitad (%(law)s, art. %(article)s).") % known
        said.append(shorter if legal.urgency_article else _("La ley de su plazo para contestar no conoce la urgencia."))
    if case.target_due_at:
        said.append(_("La fecha de arreglo se acorta a la mitad."))
    return [Effect("clock", each) for each in [*said, _("Sube en la bandeja.")]]


def unhalves(_case: Case, _reached: Reached) -> Sequence[Effect]:
    return [Effect("clock", _("Los plazos vuelven a contar enteros."))]


def runs_on(case: Case, _reached: Reached) -> Sequence[Effect]:
    """A pause ends by hand."""
    if case.paused_at is None:
        return ()
    since = {"day": day(case.paused_at)}
    return [Effect("player-play", _("El plazo vuelve a correr, con los días que esperó desde el %(day)s.") % since)]


def stands_still(_case: Case, _reached: Reached) -> Sequence[Effect]:
    return [
        Effect("player-pause", _("El plazo para contestarle deja de correr hasta que lo reanude o pase su máximo."))
    ]


def longer(case: Case, _reached: Reached) -> Sequence[Effect]:
    """What each law lets be made longer."""
    legal = clocks.legal_term(case)
    owed = legal is not None and case.answered_at is None and case.is_open
    if legal and owed and legal.extension is None:
        said = _("El plazo para contestarle no se puede ampliar (%(law)s).")
        return [Effect("clock", said % {"law": legal.citation})]
    if legal and owed and legal.extension is not None:
        known = {"law": legal.citation, "term": describe_term(legal.extension)}
        return [Effect("clock", _("El plazo para contestarle se amplía hasta %(term)s en total (%(law)s).") % known)]
    until = {"day": day(case.target_due_at)} if case.target_due_at else {"day": ""}
    return [Effect("clock", _("La fecha de arreglo, hoy el %(day)s, la pone nuestra carta de servicios.") % until)]
