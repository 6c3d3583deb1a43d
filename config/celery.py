"""Celery, where REDIS_URL names a broker: it carries the ring of the bell, never a fact (docs/adr/0004-outbox.md)."""

import os

from celery import Celery
from celery.signals import setup_logging
from django.conf import settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

HARD_LIMIT_SECONDS = 120
# At least four times the hard limit: a task that still runs must not be handed out again.
VISIBILITY_SECONDS = 600


def facts() -> dict[str, object]:
    """Give the settings of Celery; why each is so stands in docs/adr/0004-outbox.md."""
    return {
        "broker_url": settings.REDIS_URL,
        "broker_connection_retry_on_startup": True,
        "broker_transport_options": {
            "visibility_timeout": VISIBILITY_SECONDS,
            "unacked_restore_interval": 5,
            "unacked_restore_throttle": 1,
            "socket_timeout": 30,
            "socket_connect_timeout": 5,
            "socket_keepalive": True,
            "health_check_interval": 15,
            "global_keyprefix": "kaoping:",
        },
        "task_acks_late": True,
        "task_reject_on_worker_lost": True,
        "task_ignore_result": True,
        "task_time_limit": HARD_LIMIT_SECONDS,
        "task_soft_time_limit": 90,
        "task_publish_retry_policy": {"max_retries": 1},
        "task_serializer": "json",
        "accept_content": ["json"],
        "worker_prefetch_multiplier": 1,
        "worker_soft_shutdown_timeout": 30,
        "worker_enable_soft_shutdown_on_idle": True,
        "worker_max_tasks_per_child": 500,
        "timezone": settings.TIME_ZONE,
        "beat_schedule": {
            "sweep": {
                "task": "notifications.sweep",
                "schedule": float(settings.SWEEP_SECONDS),
                # A ring nobody heard in time is worth nothing: the next one does the same.
                "options": {"expires": float(settings.SWEEP_SECONDS)},
            }
        },
    }


app = Celery("kaoping")
app.add_defaults(facts)
app.autodiscover_tasks(["notifications"])


@setup_logging.connect
def keep_our_logging(**_: object) -> None:
    """Leave logging as the settings have it; Celery would set up its own."""
