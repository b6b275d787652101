"""The actions of the case page, in the order in which they are shown."""

from ventanilla.desk.acting import clock, ends, hands, talk
from ventanilla.desk.acting.act import Act, Effect, Reached, kept

__all__ = ["ACTS", "FIRST", "HIDDEN", "Act", "Effect", "Reached", "kept"]

ACTS = {
    act.name: act
    for act in (
        hands.TAKE,
        talk.REPLY,
        talk.ASK,
        hands.ASSIGN,
        hands.ROUTE,
        ends.RESOLVE,
        talk.NOTE,
        talk.ATTACH,
        talk.PLACE,
        hands.RELEASE,
        hands.URGENT,
        hands.NOT_URGENT,
        talk.CORRECT,
        clock.EXTEND,
        clock.PAUSE,
        clock.RESUME,
        ends.SCHEDULE,
        ends.UNSCHEDULE,
        ends.LINK,
        ends.UNLINK,
        ends.REFUSE,
        ends.CANCEL,
        ends.REOPEN,
    )
}
FIRST = ("tomar", "responder", "preguntar", "asignar", "derivar", "resolver", "reabrir")
"""Those at hand; the others stand under «Más»."""
HIDDEN = ("desvincular",)
"""Those that stand beside what they are done to."""
