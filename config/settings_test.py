"""The settings of a test run: fast hashing, mail in memory, fixed keys."""

import os
import tempfile
from pathlib import Path

if "STATE_DIR" not in os.environ:
    # The workers of a run inherit it; tests/conftest.py clears it away.
    os.environ["STATE_DIR"] = tempfile.mkdtemp(prefix="kaoping-test-")
if "PYTEST_XDIST_WORKER" in os.environ and not os.environ["STATE_DIR"].endswith(os.environ["PYTEST_XDIST_WORKER"]):
    # Each worker keeps files of its own, or the end of one test takes away what another still reads.
    os.environ["STATE_DIR"] = str(Path(os.environ["STATE_DIR"], os.environ["PYTEST_XDIST_WORKER"]))
os.environ.setdefault("SECRET_KEY", "only-for-tests-" + "0" * 40)
os.environ.setdefault("FIELD_KEYS", "dGVzdC1rZXktdGVzdC1rZXktdGVzdC1rZXktdGVzdCE")
os.environ.setdefault("BLIND_INDEX_KEY", "dGVzdC1pbmRleC10ZXN0LWluZGV4LXRlc3QtaW5kZXg")
os.environ.setdefault("OBJECTION_KEY", "dGVzdC1vYmplY3Rpb24ta2V5LWZvci10aGUtdGVzdHM")

from config.settings import *  # noqa: F403
from config.settings import DATABASES, STATE_DIR, STORAGES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
SECOND_FACTOR_REQUIRED = False
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # A file, as in real life: the shared in-memory database has table locks of its own, which would spoil races.
    DATABASES["default"]["TEST"] = {"NAME": str(STATE_DIR / "test.sqlite3")}
    DATABASES["default"]["OPTIONS"]["init_command"] = (
        "PRAGMA journal_mode=WAL;PRAGMA synchronous=OFF;PRAGMA foreign_keys=ON"
    )
