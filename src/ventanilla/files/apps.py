from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "ventanilla.files"

    def ready(self) -> None:
        from ventanilla.audit.registry import contents
        from ventanilla.files import verifying

        contents.register("files", verifying.problems)
