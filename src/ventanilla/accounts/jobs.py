"""Letters to who has an account, sent in the background; and the sweeping of what has expired."""

from datetime import timedelta
from uuid import UUID

from django.contrib.sessions.models import Session
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django_tasks import task

from ventanilla.accounts import password_links, sealing
from ventanilla.accounts.enums import Notice
from ventanilla.accounts.models import SharedValue, User
from ventanilla.design import languages, municipality
from ventanilla.jobs.registry import every
from ventanilla.lib import clock


@task()
def send_password_link(*, user: str, base: str, invitation: bool) -> None:
    """Write to `user` (UUID) with a link under `base` (`https://host`) to set their password.

    The link is made here, so that no queue ever holds one.
    """
    owner = _reachable(user)
    if owner is None:
        return
    with languages.speaking(owner.language):
        subject = _("Su cuenta en %(town)s") if invitation else _("Ponga una contraseña nueva en %(town)s")
        template = "accounts/mail/invitation.txt" if invitation else "accounts/mail/password.txt"
        _write(owner, subject, template, link=base + password_links.path_for(owner))


@task()
def send_notice(*, user: str, notice: str, before: str = "") -> None:
    """Tell `user` (UUID) what changed in their account; `before` is, sealed, the address they had until now."""
    owner = _reachable(user)
    if owner is None:
        return
    with languages.speaking(owner.language):
        what = Notice(notice).label
        _write(
            owner,
            _("Un cambio en su cuenta de %(town)s"),
            "accounts/mail/notice.txt",
            to=sealing.unseal(before) if before else "",
            what=what,
        )


def _reachable(user: str) -> User | None:
    return User.objects.filter(uuid=UUID(user), is_active=True).exclude(email="").first()


def _write(owner: User, subject: str, template: str, to: str = "", **what: object) -> None:
    town = f"{municipality.current().kind} {municipality.current().name}".strip()
    body = render_to_string(template, {"user": owner, "town": town, **what})
    send_mail(subject % {"town": town}, body, None, [to or owner.email])


@every(timedelta(hours=1))
def sweep() -> None:
    """Sessions and shared values that have expired are of no use to anybody."""
    SharedValue.objects.filter(expires__lt=clock.now()).delete()
    Session.objects.filter(expire_date__lt=clock.now()).delete()
