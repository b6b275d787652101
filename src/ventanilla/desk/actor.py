"""The member of staff as the trail names them."""

from django.http import HttpRequest

from ventanilla.lib.actors import Actor


def actor(request: HttpRequest) -> Actor:
    """Who does what is done on this page."""
    user = request.user
    return Actor(f"user:{user.uuid}", user.name or user.username)  # type: ignore[union-attr]
