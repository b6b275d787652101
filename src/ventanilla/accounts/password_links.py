"""The one-time link by which somebody sets their password: after forgetting it, or when their account is new.

Django's token: it holds for `PASSWORD_RESET_TIMEOUT` seconds and dies with the first use, sign-in or change of e-mail.
The account is named by its UUID; primary keys stay inside.
"""

from uuid import UUID

from django.contrib.auth.tokens import default_token_generator
from django.urls import reverse

from ventanilla.accounts.models import User


def path_for(user: User) -> str:
    """Where this user sets their password."""
    token = default_token_generator.make_token(user)
    return reverse("account_new_password", kwargs={"uidb64": user.uuid.hex, "token": token})


def owner(named: str) -> User | None:
    """The open account that a link names. Whether its token holds is another question."""
    try:
        return User.objects.filter(uuid=UUID(hex=named), is_active=True).first()
    except ValueError:
        return None
