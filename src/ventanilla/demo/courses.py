"""What comes of a matter: the deeds of staff and of people, each with its moment. Pure."""

from __future__ import annotations

from ventanilla.catalog.models import Procedure
from ventanilla.demo.matters import Matter
from ventanilla.demo.petitions import Petitions
from ventanilla.demo.reports import Reports
from ventanilla.demo.stories import Tale
from ventanilla.demo.telling import Deed


class Courses(Reports, Petitions):
    """Draws the course of a matter by its process."""

    def of(self, matter: Matter, procedure: Procedure, tale: Tale) -> list[Deed]:
        """All that happens to a matter until the demo is made."""
        course = self.begun(matter, procedure, tale)
        draw = {
            "report": self.report,
            "complaint": self.complaint,
            "inquiry": self.inquiry,
            "suggestion": self.suggestion,
            "breach": self.breach,
            "compliment": self.compliment,
        }[procedure.process_key]
        draw(course)
        return [deed for deed in course.deeds if matter.at < deed.at < self.until]
