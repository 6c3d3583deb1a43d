# Every day's commands. `make setup` prepares, `make demo` shows it, `make check` at the desk, `make test` before a push.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help setup catalogs demo run fmt gates check test on-servers prove messages lock

PORT ?= 8000
PY := .venv/bin/python
# Whoever is idle takes over from whoever still has much to do: single crawls take a minute.
PYTEST := $(PY) -m pytest -n 2 --dist worksteal
# The same order in every build; the desk loop draws a new one each time.
IN_ORDER := --randomly-seed=20261125
# Gates look at code, not at somebody's running system.
AT_THE_GATE := STATE_DIR=$(CURDIR)/.venv/state
CATALOGS := $(patsubst %.po,%.mo,$(wildcard locale/*/*/LC_MESSAGES/django.po))

help:
	@echo "make setup | demo [PORT=8000] | run | check | test | prove | fmt | messages | lock"

setup:
	@bin/setup
	@$(MAKE) --no-print-directory --silent catalogs

catalogs: $(CATALOGS)

%.mo: %.po
	@$(PY) -c "import sys, pathlib, config.catalogs as c; c.compile_catalog(pathlib.Path(sys.argv[1]))" $<

demo: setup
	@$(PY) manage.py demo --port $(PORT)

run: setup
	@$(PY) manage.py serve --port $(PORT)

fmt:
	@$(PY) -m ruff check --fix .
	@$(PY) -m ruff format .

gates:
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .
	@.venv/bin/lint-imports --no-cache
	@$(AT_THE_GATE) $(PY) manage.py makemigrations --check --dry-run
	@$(AT_THE_GATE) $(PY) manage.py messages --check
	@$(AT_THE_GATE) $(PY) manage.py check

check: setup gates
	@time $(PYTEST) -m "not browser and not prove and not thorough"

test: setup gates
	@echo "== SQLite"
	@time $(PYTEST) $(IN_ORDER) -m "not browser and not prove and not real"
	@$(PY) bin/with-servers $(MAKE) --no-print-directory on-servers

# Chromium comes to the tables that the run before it made.
on-servers:
	@echo "== PostgreSQL and Valkey"
	@time $(PYTEST) $(IN_ORDER) --create-db --reuse-db -m "not browser and not prove"
	@echo "== Chromium"
	@time $(PYTEST) $(IN_ORDER) --reuse-db -m "browser and not prove"

prove: setup
	@echo "== SQLite, the large sizes"
	@time $(PY) -m pytest -m "prove"
	@echo "== PostgreSQL and Valkey, the large sizes"
	@time $(PY) bin/with-servers $(PY) -m pytest -m "prove"
	@time $(PY) bin/with-servers $(PY) manage.py bench all

messages:
	@$(PY) manage.py messages
	@$(PY) manage.py compile_catalogs

# The lock names no index and no host: whoever installs uses the index of their own machine.
LOCK := UV_EXTRA_INDEX_URL= uv pip compile --quiet --python-version 3.11 --generate-hashes --no-header --no-annotate
lock:
	@command -v uv >/dev/null || { echo "uv is needed: python3 -m venv /tmp/uv && /tmp/uv/bin/pip install uv && PATH=/tmp/uv/bin:\$$PATH make lock"; exit 1; }
	@$(LOCK) pyproject.toml --output-file requirements/runtime.txt
	@$(LOCK) pyproject.toml --group dev --output-file requirements/dev.txt
