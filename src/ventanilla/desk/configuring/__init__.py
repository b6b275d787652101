"""Ajustes: what the municipality sets for itself, without touching files or a shell. A module for each page."""
