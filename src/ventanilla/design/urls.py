"""Addresses of the design room, included at the root: the worker must stand there to serve the whole site."""

from django.urls import path

from ventanilla.design import views

app_name = "design"
urlpatterns = [
    path("estilo/", views.guide, name="guide"),
    path("estilo/tokens.css", views.tokens, name="tokens"),
    path("manifest.webmanifest", views.manifest, name="manifest"),
    path("sw.js", views.worker, name="worker"),
    path("sin-conexion/", views.offline, name="offline"),
]
