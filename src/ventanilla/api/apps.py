from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "ventanilla.api"

    def ready(self) -> None:
        from ventanilla.api.open311 import formats
        from ventanilla.api.rest import problems
        from ventanilla.lib.error_pages import faces

        faces.register("/open311/", formats.say_error)
        faces.register("/api/", problems.say_error)
