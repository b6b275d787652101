"""The people of the stories, each in a browser of their own: somebody who reports, somebody who attends."""

from __future__ import annotations

import re
from dataclasses import dataclass

from playwright.sync_api import Page, expect

from tests.pictures import jpeg
from ventanilla.cases.models import Case
from ventanilla.notifications.models import Message


def code_sent_to(address: str) -> str:
    """The six digits that were last sent there."""
    body = Message.objects.filter(kind="verification_code", address=address).latest("pk").body
    found = re.search(r"\d{6}", body)
    assert found
    return found[0]


def _beginning(words: str) -> re.Pattern[str]:
    """What a label or a button begins with: what follows is only for who doesn't see the page."""
    return re.compile(rf"^\s*{re.escape(words)}")


@dataclass
class Neighbour:
    """Somebody at the portal. What they do is what a finger does: write, tick, press."""

    page: Page
    url: str

    def opens(self, path: str = "/") -> Neighbour:
        self.page.goto(self.url + path)
        return self

    def reloads(self) -> Neighbour:
        self.page.reload()
        return self

    def sees(self, *words: str) -> Neighbour:
        for each in words:
            expect(self.page.locator("main")).to_contain_text(each)
        return self

    def writes(self, label: str, text: str) -> Neighbour:
        self.page.locator("main").get_by_label(_beginning(label)).first.fill(text)
        return self

    def ticks(self, words: str) -> Neighbour:
        self.page.get_by_label(_beginning(words)).check()
        return self

    def presses(self, words: str) -> Neighbour:
        self.page.locator("main").get_by_role("button", name=_beginning(words)).click()
        self.page.wait_for_load_state()
        return self

    def follows(self, words: str) -> Neighbour:
        self.page.locator("main").get_by_role("link", name=words).first.click()
        self.page.wait_for_load_state()
        return self

    def chooses(self, words: str) -> Neighbour:
        """One of what is offered while they write."""
        self.page.get_by_role("option", name=words).first.click()
        return self

    def photographs(self, color: str = "navy") -> Neighbour:
        """A photo of the camera's size, larger than what is sent."""
        photo = {"name": "IMG_0001.jpg", "mimeType": "image/jpeg", "buffer": jpeg(3000, 2000, color)}
        self.page.locator("input[type=file]").set_input_files(photo)
        return self

    def is_asked(self, title: str) -> Neighbour:
        """What the page's one heading asks."""
        expect(self.page.get_by_role("heading", level=1)).to_have_text(title)
        return self


@dataclass
class Official:
    """Somebody at the desk, with a case before them."""

    page: Page
    url: str
    case: Case

    def opens_the_case(self) -> Official:
        self.page.goto(f"{self.url}/mesa/caso/{self.case.uuid}/")
        return self

    def takes_it(self) -> Official:
        self.opens_the_case().page.get_by_role("button", name="Tomar", exact=True).first.click()
        self.page.wait_for_load_state()
        return self

    def does(self, button: str, **fields: str) -> Official:
        """One action of the case page, filled in and sent."""
        self.opens_the_case().page.get_by_role("link", name=button, exact=False).first.click()
        form = self.page.locator("#caja")
        for name, value in fields.items():
            form.locator(f"[name={name}]").fill(value)
        form.locator("footer button").click()
        self.page.wait_for_load_state()
        return self

    def finishes_step(self, step: str, *, ticking: str = "", **fields: str) -> Official:
        """A step of the process, with its form."""
        self.opens_the_case().page.get_by_role("link", name=step).click()
        if ticking:
            self.page.get_by_label(ticking).check()
        for name, value in fields.items():
            self.page.locator(f"[name={name}]").fill(value)
        self.page.get_by_role("button", name="Dar por hecho").click()
        self.page.wait_for_load_state()
        return self
