"""Puts the rooms together. Celery is loaded only where the environment names a broker."""

import os

if os.environ.get("REDIS_URL"):
    from config.celery import app as celery_app

    __all__ = ["celery_app"]
