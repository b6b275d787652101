from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "ventanilla.cases"

    def ready(self) -> None:
        from ventanilla.audit.registry import contents
        from ventanilla.cases import handlers, search, verifying
        from ventanilla.cases.actions import templates
        from ventanilla.notifications.registry import unreachable
        from ventanilla.organization.registry import starting, uses
        from ventanilla.people.registry import holders
        from ventanilla.search.registry import register

        unreachable.register("cases", handlers.call_to_tell)
        register(search.KIND, search.documents)
        contents.register("cases", verifying.problems)
        starting.register("replies", templates.start)
        holders.register("cases", handlers.HeldCases)
        uses.register("cases", handlers.open_cases_of)
