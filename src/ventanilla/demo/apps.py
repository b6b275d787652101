from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "ventanilla.demo"

    def ready(self) -> None:
        from ventanilla.demo import cast

        cast.show_accounts()
