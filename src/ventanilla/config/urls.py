"""Root addresses, and who answers errors."""

from django.urls import URLPattern, URLResolver, include, path

from ventanilla.operations.health import healthz

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", healthz, name="healthz"),
    path("", include("ventanilla.design.urls")),
    path("mesa/", include("ventanilla.desk.urls_staff")),
    path("mesa/", include("ventanilla.desk.urls")),
    path("open311/", include("ventanilla.api.open311.urls")),
    path("api/v1/", include("ventanilla.api.rest.urls")),
    path("", include("ventanilla.portal.urls")),
]

handler400 = "ventanilla.config.errors.bad_request"
handler403 = "ventanilla.config.errors.forbidden"
handler404 = "ventanilla.config.errors.not_found"
handler429 = "ventanilla.config.errors.too_many"
handler500 = "ventanilla.config.errors.server_error"
