from django.apps import AppConfig
from django.core.checks import register


class NotificationsConfig(AppConfig):
    name = "ventanilla.notifications"

    def ready(self) -> None:
        from ventanilla.notifications.checks import check_channels
        from ventanilla.notifications.handlers import HeldMessages
        from ventanilla.people.registry import holders

        register(check_channels)
        holders.register("notifications", HeldMessages)
