"""Addresses of the reply templates, under `mesa/ajustes/plantillas/`."""

from django.urls import path, reverse

from ventanilla.desk.replies import views
from ventanilla.lib import links

app_name = "replies"
urlpatterns = [
    path("", views.show, name="list"),
    path("nueva/", views.add, name="add"),
    path("<uuid:uuid>/", views.edit, name="edit"),
    path("<uuid:uuid>/borrar/", views.drop, name="drop"),
]


def register_links() -> None:
    """Tell the lower rooms where they are. Called by the desk when it is ready."""
    links.register("desk.replies", lambda: reverse("replies:list"))
