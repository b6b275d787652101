from django.apps import AppConfig


class OrganizationConfig(AppConfig):
    name = "ventanilla.organization"

    def ready(self) -> None:
        from ventanilla.organization import actions, registry, starting

        registry.starting.register("organization", starting.start)
        registry.uses.register("organization", actions.people_and_teams_of)
