from django.apps import AppConfig


class CatalogConfig(AppConfig):
    name = "ventanilla.catalog"

    def ready(self) -> None:
        from ventanilla.catalog import actions, uses
        from ventanilla.organization import registry

        registry.starting.register("catalog", actions.start)
        registry.uses.register("catalog", uses.of_unit)
