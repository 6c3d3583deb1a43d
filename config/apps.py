"""Registers the room with Django."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "config"
