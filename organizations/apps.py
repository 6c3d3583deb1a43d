"""Registers the room with Django."""

from django.apps import AppConfig


class OrganizationsConfig(AppConfig):
    name = "organizations"

    def ready(self) -> None:
        """Listen to sign-ins and sign-outs, and word what this room tells."""
        from audit import verbs
        from notifications import working_days
        from organizations import calendar, due_terms, sessions, telling  # noqa: F401 (sessions connects its receivers)
        from organizations.verb_names import NAMES

        verbs.register(NAMES)
        working_days.register(calendar.is_workday)
        telling.register_kinds()
        due_terms.register_subjects()
