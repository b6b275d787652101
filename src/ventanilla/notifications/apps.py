from django.apps import AppConfig
from django.core.checks import register


class NotificationsConfig(AppConfig):
    name = "ventanilla.notifications"

    def ready(self) -> None:
        from ventanilla.lib import findings
        from ventanilla.notifications.checks import check_channels, check_texts, look_at_texts
        from ventanilla.notifications.handlers import HeldMessages
        from ventanilla.people.registry import holders

        register(check_channels)
        register(check_texts)
        findings.checks.register("texts", look_at_texts)
        holders.register("notifications", HeldMessages)
