from django.apps import AppConfig


class DesignConfig(AppConfig):
    name = "ventanilla.design"
