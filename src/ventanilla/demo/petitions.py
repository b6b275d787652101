"""The course of complaints, inquiries and ideas. Pure."""

from __future__ import annotations

from ventanilla.demo.telling import Course, Teller


class Petitions(Teller):
    """Tells the course of what asks for an answer rather than for a repair."""

    def complaint(self, course: Course) -> None:
        self.do(course, "take", 0)
        topics = {"treatment": "treatment", "delay": "delay", "quality": "quality", "honesty": "honesty"}
        topic = topics.get(
            course.matter.answers.get("about", ""), "charge" if "charge" in course.matter.answers else "other"
        )
        if self.chance(0.07):
            self.step(course, 0.3, "admit_complaint", admission="refused", topic=topic, reason="no_facts")
            self.step(course, 0.8, "explain_closing", text=self.common.unadmitted)
            return
        against = "Cobros" if course.procedure.service.key == "billing" else "Servicios públicos"
        self.step(course, 0.12, "admit_complaint", admission="admitted", topic=topic, against=against)
        self.step(course, 0.6, "give_account", account=course.tale.account[course.matter.said])
        text = self.done(course, course.ends)
        if self.chance(0.22):
            self._with_measures(course, text)
        else:
            self.step(course, 1, "answer_complaint", text=text, measures=False)
        self.afterwards(course)

    def _with_measures(self, course: Course, text: str) -> None:
        ordered, by = self.deck.draw("measures", self.common.measures), self.after(course.ends, 160)
        on = self.office.local(by).date().isoformat()
        self.step(course, 1, "answer_complaint", text=text, measures=True, ordered=ordered, fulfil_by=on)
        course.begins, course.ends = course.ends, self.after(course.ends, self.rnd.uniform(30, 130))
        self.step(course, 0.8, "carry_out_measures", done="Se cumplió lo dispuesto desde este lunes.")
        self.step(
            course,
            1,
            "check_measures",
            fulfilled=self.rnd.choice(("yes", "yes", "partly")),
            seen="Comprobado en el sitio.",
        )

    def inquiry(self, course: Course) -> None:
        text = self.done(course, course.ends)
        if self.chance(0.3):
            self.do(course, "resolve", 1, text=text, look=None)
            return
        self.do(course, "take", 0)
        if course.tale.info and self.chance(0.35):
            self.step(course, 0.1, "answer_inquiry", answer="ask_area", ask="¿Nos confirman el dato vigente?")
            info = self.deck.draw(f"info {course.procedure.key}", course.tale.info)
            self.step(course, 0.7, "inform_inquiry", information=info)
        self.step(course, 1, "answer_inquiry", answer="answered", text=text)
        self.afterwards(course)

    def suggestion(self, course: Course) -> None:
        self.do(course, "take", 0)
        summary = course.matter.description.split(".")[0][:110]
        self.step(course, 0.2, "read_suggestion", summary=summary)
        decision = course.tale.decisions[course.matter.said]
        reasons = {} if decision == "noted" else {"reasons": "Se valoró con el área y el presupuesto de este año."}
        self.step(course, 0.7, "consider_suggestion", decision=decision, **reasons)
        if decision == "adopt":
            on = self.office.local(self.after(course.ends, 200)).date().isoformat()
            self.step(course, 0.9, "schedule_suggestion", responsible="Parques y ornato", planned_on=on)
        self.step(course, 1, "tell_outcome", text=self.done(course, course.ends))

    def compliment(self, course: Course) -> None:
        self.do(course, "take", 0)
        whom = course.matter.answers.get("who") or course.procedure.department.name
        self.step(course, 0.4, "read_compliment", whom=whom)
        shared = self.rnd.choice(("in_person", "meeting", "board"))
        self.step(course, 1, "share_compliment", shared=shared, text=self.done(course, course.ends))

    def breach(self, course: Course) -> None:
        """A denuncia: now and then nothing is found; else it is decided, and often checked afterwards."""
        self.do(course, "take", 0)
        if self.chance(0.06):
            self.step(course, 0.2, "admit_breach", admission="refused", reason="no_facts")
            self.step(course, 0.5, "explain_closing", text=self.common.unadmitted)
            return
        self.step(course, 0.1, "admit_breach", admission="admitted")
        found = "nothing" if self.chance(0.14) else "breach"
        on = self.office.local(self.when(course, 0.6)).date().isoformat()
        seen = self.deck.draw("checked", self.common.checked)
        self.step(course, 0.6, "inspect_breach", found=found, inspected_on=on, seen=seen)
        if found == "nothing":
            self.step(course, 1, "explain_closing", text=self.text("unfounded", self.common.unfounded, course.ends))
            return
        self._decided(course)
        self.afterwards(course)

    def _decided(self, course: Course) -> None:
        text = self.done(course, course.ends)
        decision = self.rnd.choice(("order", "order", "warning", "procedure", "closure"))
        if not self.chance(0.35):
            self.step(course, 1, "decide_breach", decision=decision, measures=False, text=text)
            return
        on = self.office.local(self.after(course.ends, 120)).date().isoformat()
        self.step(course, 0.9, "decide_breach", decision=decision, measures=True, fulfil_by=on, text=text)
        fulfilled = self.rnd.choice(("yes", "yes", "partly"))
        course.ends = self.after(course.ends, self.rnd.uniform(30, 130))
        self.step(course, 1, "check_breach", fulfilled=fulfilled, seen="Comprobado en el sitio.", text=text)
