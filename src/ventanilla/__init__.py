"""Ventanilla: one place for a municipality to attend its people."""

__version__ = "0.1.0"
