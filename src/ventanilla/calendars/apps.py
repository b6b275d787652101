from django.apps import AppConfig


class CalendarsConfig(AppConfig):
    name = "ventanilla.calendars"

    def ready(self) -> None:
        from ventanilla.calendars import actions
        from ventanilla.organization import registry

        registry.starting.register("calendars", actions.start)
