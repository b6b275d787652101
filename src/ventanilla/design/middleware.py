"""The language of a page, among those that the municipality offers."""

from django.conf import settings
from django.db import Error
from django.http import HttpRequest
from django.middleware.locale import LocaleMiddleware
from django.utils import translation
from django.utils.translation.trans_real import parse_accept_lang_header

from ventanilla.design import languages

FOR_MACHINES = {"/healthz"}
"""Pages without words: asked every few seconds, they don't ask which languages there are."""


class Language(LocaleMiddleware):
    """Puts in force the language that the person chose; else the first one of their browser's that is offered."""

    def process_request(self, request: HttpRequest) -> None:
        if request.path in FOR_MACHINES:
            translation.activate(settings.LANGUAGE_CODE)
            return
        try:
            languages.speak(request, _wanted(request))
        except Error:  # without its database the page of the error still comes out, in plain Spanish
            translation.activate(settings.LANGUAGE_CODE)


def _wanted(request: HttpRequest) -> str:
    accepted = [code for code, _weight in parse_accept_lang_header(request.headers.get("Accept-Language", ""))]
    asked = filter(None, [request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME), *accepted])
    offered = dict(languages.offered())
    return next((code for each in asked if (code := languages.base(each)) in offered), "")
