from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "ventanilla.people"

    def ready(self) -> None:
        from ventanilla.audit.registry import contents
        from ventanilla.people import search, verifying
        from ventanilla.search.registry import register

        register(search.KIND, search.documents)
        contents.register("people", verifying.problems)
