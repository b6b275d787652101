"""A message as an e-mail: text and HTML, the same in every repetition."""

from __future__ import annotations

from email.utils import format_datetime
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from ventanilla.design import languages, municipality
from ventanilla.notifications.channels.base import Outgoing
from ventanilla.notifications.rules.wording import paragraphs


def as_email(outgoing: Outgoing) -> EmailMultiAlternatives:
    """The e-mail of a message. Its Message-ID and Date were fixed when the message was made."""
    headers = {
        "Message-ID": outgoing.message_id,
        "Date": format_datetime(outgoing.created_at),
        "Auto-Submitted": "auto-generated",
    }
    if outgoing.stop_url:
        headers["List-Unsubscribe"] = f"<{outgoing.stop_url}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"  # RFC 8058, section 3.1
    email = EmailMultiAlternatives(
        subject=outgoing.subject, body=outgoing.text, from_email=outgoing.sender, to=[outgoing.address], headers=headers
    )
    email.attach_alternative(outgoing.html, "text/html")
    return email


@cache
def _style() -> SafeString:
    """The look of a mail, inside it: a mail can't link to a stylesheet, and no policy of ours rules it."""
    css = Path(__file__).with_name("mail.css").read_text(encoding="utf-8")
    return format_html("<style>{}</style>", mark_safe(css))  # noqa: S308 a file of ours


def message_id(uuid: UUID) -> str:
    """The Message-ID of what is sent under a `uuid`, the same in every repetition."""
    return f"<{uuid}@{urlsplit(settings.SITE_ADDRESS).hostname or 'localhost'}>"


def letterhead() -> str:
    """Who writes: the municipality, as it signs."""
    town = municipality.current()
    return f"{town.kind} de {town.name}"


def dressed(*, subject: str, body: str, language: str, stop_url: str = "") -> tuple[str, str]:
    """The text and the HTML of an e-mail: the words, who sends them, and how to stop them."""
    name, phone = letterhead(), municipality.current().phone
    with languages.speaking(language):
        signature = "\n".join(filter(None, [name, phone]))
        stop = _("Para no recibir más avisos de este tipo:") + f"\n{stop_url}" if stop_url else ""
        said = {
            "subject": subject,
            "style": _style(),
            "paragraphs": paragraphs(body, settings.SITE_ADDRESS),
            "municipality": name,
            "phone": phone,
            "stop_url": stop_url,
            "language": translation.get_language(),
        }
        html = render_to_string("notifications/email.html", said)
    return "\n\n".join(filter(None, [body, f"-- \n{signature}", stop])) + "\n", html
