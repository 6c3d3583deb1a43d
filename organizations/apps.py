"""Registers the room with Django."""

from django.apps import AppConfig


class OrganizationsConfig(AppConfig):
    name = "organizations"

    def ready(self) -> None:
        """Listen to sign-ins and sign-outs, and word what this room tells."""
        from organizations import due_terms, sessions, telling  # noqa: F401 (sessions connects its receivers)

        telling.register_kinds()
        due_terms.register_subjects()
